package dev.descent.core.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How large a layer's gradients are before training, in expectation over the draw of all parameters,
/// for a delta of the last layer with mean 0 and mean square 1: how much of it arrives.
///
/// `E[delta^2] = E[g'(z)^2] units Var(w) E[delta'^2]` with units, weights and delta' of the layer after
/// (Glorot and Bengio 2010, section 4.2.1; He et al. 2015, section 2.3), and `E[dW^2] = E[delta^2]
/// E[x^2]` for one row. Both take the way back for independent of the way forward, which it nearly is
/// where layers are wide.
///
/// @param deltaMeanSquare `E[delta^2]` of each unit: below 1 gradients shrink towards the inputs
/// @param weightGradientMeanSquare `E[dW^2]` of each weight, for one row; of a mean over n rows about
/// 1/n of it
/// @param reason why a number is missing, or only approximate; null where all are exact
public record ExpectedGradient(
        @Nullable Double deltaMeanSquare,
        @Nullable Double weightGradientMeanSquare,
        @Nullable String reason) {

    private static final String APPROXIMATE = "approximate: takes the way back for independent of the way forward";

    /// One entry a layer, in the order of computation.
    static List<ExpectedGradient> of(NetworkSpec network, List<ExpectedSize> sizes) {
        List<PlacedLayer> layers = network.placedLayers();
        ExpectedGradient[] found = new ExpectedGradient[layers.size()];
        new Way(layers, sizes, found).back();
        return List.of(found);
    }

    /// From the last layer to the first, block by block.
    private record Way(List<PlacedLayer> layers, List<ExpectedSize> sizes, ExpectedGradient[] found) {

        void back() {
            int last = layers.size() - 1;
            through(last, 0, new Arriving(1.0, null));
        }

        /// Puts down layers `l` to `first`, of which the last has this delta; returns dJ/dx of `first`.
        private Arriving through(int l, int first, Arriving delta) {
            Arriving below = delta;
            int at = l;
            while (at >= first) {
                Arriving current = at == l ? delta : activated(at, below);
                put(at, current);
                if (layers.get(at).layer() instanceof LayerSpec.Residual) {
                    int inside = firstInside(at);
                    below = current.plus(through(at - 1, inside, activated(at - 1, current)));
                    at = inside;
                } else {
                    below = inputGradient(at, current);
                }
                at--;
            }
            return below;
        }

        private int firstInside(int block) {
            int first = block;
            while (first > 0
                    && layers.get(first - 1)
                            .pointer()
                            .startsWith(layers.get(block).pointer() + "/layers/")) {
                first--;
            }
            return first;
        }

        private void put(int l, Arriving delta) {
            PlacedLayer layer = layers.get(l);
            Double input = l == 0 ? Double.valueOf(1) : sizes.get(l - 1).activationMeanSquare();
            boolean dense = layer.layer() instanceof LayerSpec.Dense;
            Double weights = delta.square == null || !dense || input == null ? null : delta.square * input;
            found[l] = new ExpectedGradient(delta.square, weights, delta.reason);
        }

        /// delta of layer `l` from dJ/da.
        private Arriving activated(int l, Arriving gradient) {
            PlacedLayer layer = layers.get(l);
            Activation g = layer.layer().activation();
            if (g instanceof Activation.Identity || gradient.square == null) {
                return gradient;
            }
            Double variance = sizes.get(l).preActivationVariance();
            if (variance == null || g instanceof Activation.Softmax) {
                return new Arriving(null, "the size of this layer's pre-activation is not known");
            }
            double mean = layer.layer() instanceof LayerSpec.Dense dense
                    ? Moments.ofBiases(dense, layer.inputs()).mean()
                    : 0;
            double slope = g instanceof Activation.Relu && mean == 0
                    ? 0.5 // exactly; the sum over nodes sees a jump less well
                    : NormalMean.ofSquaredSlope(g, mean, variance);
            return new Arriving(gradient.square * slope, APPROXIMATE);
        }

        /// dJ/dx of layer `l`.
        private Arriving inputGradient(int l, Arriving delta) {
            PlacedLayer layer = layers.get(l);
            if (delta.square == null) {
                return delta;
            }
            return switch (layer.layer()) {
                case LayerSpec.Dense dense -> {
                    Moments weights = Moments.ofWeights(dense, layer.inputs());
                    yield weights.mean() != 0 && l < layers.size() - 1
                            ? new Arriving(
                                    null, "weights with a mean other than 0 meet deltas whose correlation is not known")
                            : new Arriving(layer.units() * weights.meanSquare() * delta.square, delta.reason);
                }
                case LayerSpec.Dropout dropout -> new Arriving(delta.square / (1 - dropout.rate()), delta.reason);
                case LayerSpec.BatchNormalization normalization -> throughNormalization(l, delta);
                case LayerSpec.Residual residual -> delta;
            };
        }

        /// Divides by the variance over the rows of a batch, in which biases have no part.
        private Arriving throughNormalization(int l, Arriving delta) {
            boolean plain = l > 0
                    && layers.get(l - 1).layer() instanceof LayerSpec.Dense dense
                    && dense.activation() instanceof Activation.Identity;
            Double variance = plain ? sizes.get(l - 1).preActivationVariance() : null;
            if (variance == null || delta.square == null) {
                return new Arriving(null, "the variance that the normalisation divides by is not known");
            }
            double biases = layers.get(l - 1).layer() instanceof LayerSpec.Dense dense
                    ? Moments.ofBiases(dense, layers.get(l - 1).inputs()).variance()
                    : 0;
            return new Arriving(delta.square / (variance - biases), APPROXIMATE);
        }
    }

    /// A mean square on its way, and why it is missing or approximate.
    private record Arriving(
            @Nullable Double square, @Nullable String reason) {

        Arriving {
            if (square != null && !Double.isFinite(square)) {
                square = null;
                reason = "larger than the largest number";
            }
        }

        Arriving plus(Arriving other) {
            return square == null || other.square == null
                    ? new Arriving(null, reason == null ? other.reason : reason)
                    : new Arriving(square + other.square, reason == null ? other.reason : reason);
        }
    }
}
