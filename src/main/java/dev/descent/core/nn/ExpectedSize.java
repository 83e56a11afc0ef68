package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.Iterator;
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

    /// One entry a layer, in the order of computation.
    static List<ExpectedSize> of(NetworkSpec network) {
        List<ExpectedSize> sizes = new ArrayList<>();
        of(network.layers(), network.placedLayers().iterator(), 1.0, sizes);
        return sizes;
    }

    /// Returns the mean square of what the last of these layers gives.
    private static @Nullable Double of(
            List<LayerSpec> layers, Iterator<PlacedLayer> places, @Nullable Double input, List<ExpectedSize> sizes) {
        @Nullable Double meanSquare = input;
        for (LayerSpec layer : layers) {
            ExpectedSize size = switch (layer) {
                case LayerSpec.Dense dense -> of(dense, places.next().inputs(), meanSquare, sizes.isEmpty());
                case LayerSpec.Dropout dropout -> {
                    places.next();
                    yield dropped(meanSquare, 1 - dropout.rate());
                }
                case LayerSpec.BatchNormalization normalization -> {
                    places.next();
                    yield symmetric(1.0, normalization.activation());
                }
                case LayerSpec.Residual residual -> {
                    @Nullable Double inside = of(residual.layers(), places, meanSquare, sizes);
                    places.next();
                    yield summed(meanSquare, inside, residual.activation());
                }
            };
            sizes.add(size);
            meanSquare = size.activationMeanSquare;
        }
        return meanSquare;
    }

    private static ExpectedSize dropped(@Nullable Double input, double kept) {
        return input == null ? unknownInput() : new ExpectedSize(input / kept, input / kept, null);
    }

    /// What layers inside a residual block add is uncorrelated with x: their last weights have mean 0.
    private static ExpectedSize summed(@Nullable Double input, @Nullable Double inside, Activation activation) {
        return input == null || inside == null ? unknownInput() : symmetric(input + inside, activation);
    }

    private static ExpectedSize symmetric(double variance, Activation activation) {
        return switch (activation) {
            case Activation.Identity identity -> new ExpectedSize(variance, variance, null);
            case Activation.Relu relu -> new ExpectedSize(variance, variance / 2, null);
            default ->
                new ExpectedSize(
                        variance, null, "no closed form: it depends on the whole distribution of the pre-activation");
        };
    }

    private static ExpectedSize unknownInput() {
        return new ExpectedSize(null, null, "the mean square of this layer's input is not known");
    }

    private static ExpectedSize of(LayerSpec.Dense dense, int fanIn, @Nullable Double inputMeanSquare, boolean first) {
        if (inputMeanSquare == null) {
            return unknownInput();
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
