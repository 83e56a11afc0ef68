package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How large a layer's values are before training, in expectation over the draw of all parameters and over inputs that
/// are uncorrelated with mean 0 and variance 1. Exact where given; null where no closed form is known.
///
/// `Var(z) = fanIn Var(w) E[x^2] + Var(b)` for weights with mean 0, and `E[relu(z)^2] = E[z^2] / 2` for z symmetric
/// about 0 (He et al. 2015, section 2.2); the mean square of a layer's output is the E[x^2] of the next.
///
/// @param preActivationVariance `Var(z)` of each unit
/// @param activationMeanSquare `E[a^2]` of each unit, which is the variance of a where its mean is 0
/// @param reason why a number is missing; null where none is
public record ExpectedSize(
        @Nullable Double preActivationVariance,
        @Nullable Double activationMeanSquare,
        @Nullable String reason) {

    /// One entry a layer.
    static List<ExpectedSize> of(NetworkSpec network) {
        List<ExpectedSize> sizes = new ArrayList<>();
        int fanIn = network.inputs();
        @Nullable Double meanSquare = 1.0;
        for (LayerSpec layer : network.layers()) {
            switch (layer) {
                case LayerSpec.Dense dense -> {
                    ExpectedSize size = of(dense, fanIn, meanSquare, sizes.isEmpty());
                    sizes.add(size);
                    meanSquare = size.activationMeanSquare;
                    fanIn = dense.units();
                }
            }
        }
        return sizes;
    }

    private static ExpectedSize of(LayerSpec.Dense dense, int fanIn, @Nullable Double inputMeanSquare, boolean first) {
        if (inputMeanSquare == null) {
            return new ExpectedSize(null, null, "the mean square of this layer's input is not known");
        }
        Moments weights = Moments.ofWeights(dense, fanIn);
        Moments biases = Moments.ofBiases(dense, fanIn);
        if (weights.mean() != 0 && !first) {
            return new ExpectedSize(
                    null, null, "weights with a mean other than 0 meet inputs whose correlation is not known");
        }
        double square = weights.variance() + weights.mean() * weights.mean();
        double variance = fanIn * square * inputMeanSquare + biases.variance();
        double meanSquare = variance + biases.mean() * biases.mean();
        if (dense.activation() instanceof Activation.Identity) {
            return new ExpectedSize(variance, meanSquare, null);
        }
        if (!(dense.activation() instanceof Activation.Relu)) {
            return new ExpectedSize(
                    variance, null, "no closed form: it depends on the whole distribution of the pre-activation");
        }
        if (weights.mean() != 0 || biases.mean() != 0) {
            return new ExpectedSize(
                    variance, null, "no closed form for relu: the pre-activation is not symmetric about 0");
        }
        return new ExpectedSize(variance, meanSquare / 2, null);
    }
}
