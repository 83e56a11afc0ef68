package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How large a layer's values are before training, in expectation over the draw of all parameters and over inputs that
/// are uncorrelated with mean 0 and variance 1. Exact where no reason is given.
///
/// `Var(z) = fanIn Var(w) E[x^2] + Var(b)` for weights with mean 0, and `E[relu(z)^2] = E[z^2] / 2` for z symmetric
/// about 0 (He et al. 2015, section 2.2); the mean square of a layer's output is the E[x^2] of the next. For other
/// activations z is taken for normal, which it nearly is where many inputs come together.
///
/// @param preActivationVariance `Var(z)` of each unit
/// @param activationMeanSquare `E[a^2]` of each unit, which is the variance of a where its mean is 0
/// @param reason why a number is missing, or only approximate; null where all are exact
public record ExpectedSize(
        @Nullable Double preActivationVariance,
        @Nullable Double activationMeanSquare,
        @Nullable String reason) {

    private static final String APPROXIMATE = "approximate: assumes normal pre-activations";
    private static final String TOO_LARGE = "larger than the largest number";

    /// One entry a layer, in the order of computation.
    static List<ExpectedSize> of(NetworkSpec network) {
        List<ExpectedSize> sizes = new ArrayList<>();
        of(network.layers(), network.placedLayers().iterator(), new ExpectedSize(1.0, 1.0, null), sizes);
        return sizes;
    }

    /// Returns the size of what the last of these layers gives.
    private static ExpectedSize of(
            List<LayerSpec> layers, Iterator<PlacedLayer> places, ExpectedSize input, List<ExpectedSize> sizes) {
        ExpectedSize size = input;
        for (LayerSpec layer : layers) {
            size = switch (layer) {
                case LayerSpec.Dense dense -> size.through(dense, places.next().inputs(), sizes.isEmpty());
                case LayerSpec.Dropout dropout -> {
                    places.next();
                    yield size.dropped(1 - dropout.rate());
                }
                case LayerSpec.BatchNormalization normalization -> {
                    places.next();
                    yield activated(normalization.activation(), 0, 1, true, null);
                }
                case LayerSpec.Residual residual -> {
                    ExpectedSize inside = of(residual.layers(), places, size, sizes);
                    places.next();
                    yield size.plus(inside, residual.activation());
                }
            };
            sizes.add(size);
        }
        return size;
    }

    private ExpectedSize dropped(double kept) {
        return activationMeanSquare == null
                ? unknownInput()
                : activated(new Activation.Identity(), 0, activationMeanSquare / kept, true, reason);
    }

    /// What layers inside a residual block add is uncorrelated with x: their last weights have mean 0.
    private ExpectedSize plus(ExpectedSize inside, Activation activation) {
        return activationMeanSquare == null || inside.activationMeanSquare == null
                ? unknownInput()
                : activated(
                        activation,
                        0,
                        activationMeanSquare + inside.activationMeanSquare,
                        true,
                        reason == null ? inside.reason : reason);
    }

    private ExpectedSize through(LayerSpec.Dense dense, int fanIn, boolean first) {
        if (activationMeanSquare == null) {
            return unknownInput();
        }
        Moments weights = Moments.ofWeights(dense, fanIn);
        Moments biases = Moments.ofBiases(dense, fanIn);
        if (weights.mean() != 0 && !first) {
            return new ExpectedSize(
                    null, null, "weights with a mean other than 0 meet inputs whose correlation is not known");
        }
        double variance = fanIn * weights.meanSquare() * activationMeanSquare + biases.variance();
        boolean symmetric = weights.mean() == 0 && biases.mean() == 0;
        return activated(dense.activation(), biases.mean(), variance, symmetric, reason);
    }

    private static ExpectedSize unknownInput() {
        return new ExpectedSize(null, null, "the mean square of this layer's input is not known");
    }

    private static ExpectedSize of(double variance, double meanSquare, @Nullable String doubt) {
        return Double.isFinite(meanSquare)
                ? new ExpectedSize(variance, meanSquare, doubt)
                : new ExpectedSize(variance, null, TOO_LARGE);
    }

    /// The size of `g(z)`; `doubt` is what made z's variance approximate.
    private static ExpectedSize activated(
            Activation g, double mean, double variance, boolean symmetric, @Nullable String doubt) {
        if (!Double.isFinite(variance)) {
            return new ExpectedSize(null, null, TOO_LARGE);
        }
        return switch (g) {
            case Activation.Identity identity -> of(variance, variance + mean * mean, doubt);
            case Activation.Relu relu when symmetric -> of(variance, variance / 2, doubt);
            case Activation.Softmax softmax ->
                new ExpectedSize(variance, null, "no closed form: softmax makes shares of a whole row");
            default -> of(variance, NormalMean.ofSquare(g, mean, variance), APPROXIMATE);
        };
    }
}
