package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something in a network's description that is allowed and probably not meant.
///
/// @param pointer a JSON Pointer into the description
/// @param code a stable kebab-case word that a client may test for
/// @param documentation where to read more
public record NetworkWarning(String pointer, String code, String message, String documentation) {

    private NetworkWarning(String pointer, String code, String message) {
        this(pointer, code, message, "docs/network-analysis.md#" + code);
    }

    /// Mean squares of pre-activations, for inputs of mean square 1, outside which a start is warned of.
    private static final double VANISHING = 1e-2;

    private static final double EXPLODING = 1e2;

    /// Parts of the last hidden layer's mean square outside which what reaches the first delta is warned of.
    private static final double SHRUNK = 1e-4;

    private static final double GROWN = 1e4;

    /// What is odd about `network`, in layer order.
    public static List<NetworkWarning> of(NetworkSpec network) {
        List<NetworkWarning> warnings = new ArrayList<>();
        List<PlacedLayer> layers = network.placedLayers();
        for (PlacedLayer placed : layers) {
            if (placed.layer() instanceof LayerSpec.Dense dense) {
                boolean hidden = placed.index() < layers.size() - 1;
                if (hidden && dense.units() > 1 && startsEqual(dense, placed.inputs())) {
                    warnings.add(symmetricStart(placed.pointer(), dense));
                }
            }
            if (placed.layer().activation() instanceof Activation.Softmax) {
                warnings.add(softmaxOutput(placed.pointer()));
            }
        }
        List<ExpectedSize> sizes = ExpectedSize.of(network);
        unpreservedSignal(layers, sizes)
                .or(() -> unpreservedGradient(layers, ExpectedGradient.of(network, sizes)))
                .ifPresent(warnings::add);
        dropoutBeforeNormalization(layers).ifPresent(warnings::add);
        return warnings;
    }

    /// The first dense layer whose values start far smaller or larger than the inputs. A last layer may start small,
    /// and
    /// a layer before a batch normalisation anyhow.
    private static Optional<NetworkWarning> unpreservedSignal(List<PlacedLayer> layers, List<ExpectedSize> sizes) {
        for (PlacedLayer placed : layers) {
            Double variance = sizes.get(placed.index()).preActivationVariance();
            boolean last = placed.index() == layers.size() - 1;
            if (variance == null
                    || variance == 0
                    || !(placed.layer() instanceof LayerSpec.Dense dense)
                    || (!last && layers.get(placed.index() + 1).layer() instanceof LayerSpec.BatchNormalization)) {
                continue;
            }
            Moments biases = Moments.ofBiases(dense, placed.inputs());
            double size = variance + biases.mean() * biases.mean();
            if (size > EXPLODING || (size < VANISHING && !last)) {
                return Optional.of(unpreservedSignal(placed, dense, size, variance - biases.variance()));
            }
        }
        return Optional.empty();
    }

    /// Compares the first hidden dense layer with the last, so that a last layer may start small; a layer
    /// before a batch normalisation may start anyhow.
    private static Optional<NetworkWarning> unpreservedGradient(
            List<PlacedLayer> layers, List<ExpectedGradient> gradients) {
        List<PlacedLayer> hidden = layers.subList(0, layers.size() - 1).stream()
                .filter(placed -> placed.layer() instanceof LayerSpec.Dense
                        && !(layers.get(placed.index() + 1).layer() instanceof LayerSpec.BatchNormalization))
                .toList();
        if (hidden.isEmpty()) {
            return Optional.empty();
        }
        Double first = gradients.get(hidden.getFirst().index()).deltaMeanSquare();
        Double last = gradients.get(hidden.getLast().index()).deltaMeanSquare();
        if (first == null || last == null || first == 0 || last == 0) {
            return Optional.empty();
        }
        double kept = first / last;
        return kept < SHRUNK || kept > GROWN
                ? Optional.of(unpreservedGradient(hidden.getFirst(), kept))
                : Optional.empty();
    }

    private static NetworkWarning unpreservedGradient(PlacedLayer placed, double square) {
        boolean shrunk = square < 1;
        return new NetworkWarning(
                placed.pointer() + "/activation",
                shrunk ? "gradient-vanishes" : "gradient-explodes",
                String.format(
                        Locale.ROOT,
                        "of a delta with mean square 1 in the last hidden layer %.2g reaches this one: %s",
                        square,
                        shrunk
                                ? "it hardly learns; fewer layers, relu with heNormal, residual blocks or batch"
                                        + " normalisation keep more"
                                : "its first steps are far too long; smaller weights or gradient clipping keep them short"));
    }

    private static NetworkWarning unpreservedSignal(
            PlacedLayer placed, LayerSpec.Dense dense, double size, double fromWeights) {
        double meanSquare = Moments.ofWeights(dense, placed.inputs()).meanSquare();
        String keeps = fromWeights > 0 && Double.isFinite(meanSquare / fromWeights)
                ? String.format(
                        Locale.ROOT,
                        "; weights of variance %.2g, where these have %.2g, would keep it at 1",
                        meanSquare / fromWeights,
                        meanSquare)
                : "";
        return size < VANISHING
                ? new NetworkWarning(
                        placed.pointer() + "/weightInitializer",
                        "signal-vanishes",
                        String.format(
                                        Locale.ROOT,
                                        "for inputs of mean square 1 the pre-activations of this layer start with a mean square"
                                                + " of %.2g, below %.2g: the layers after hardly see what came in, and the"
                                                + " gradients of those before shrink alike",
                                        size,
                                        VANISHING)
                                + keeps)
                : new NetworkWarning(
                        placed.pointer() + "/weightInitializer",
                        "signal-explodes",
                        String.format(
                                        Locale.ROOT,
                                        "for inputs of mean square 1 the pre-activations of this layer start with a mean square"
                                                + " of %.2g, above %.0f: activations saturate or the loss starts huge, and"
                                                + " gradients grow alike",
                                        size,
                                        EXPLODING)
                                + keeps);
    }

    private static Optional<NetworkWarning> dropoutBeforeNormalization(List<PlacedLayer> layers) {
        boolean dropped = false;
        for (PlacedLayer placed : layers) {
            dropped |= placed.layer() instanceof LayerSpec.Dropout dropout && dropout.rate() > 0;
            if (dropped && placed.layer() instanceof LayerSpec.BatchNormalization) {
                return Optional.of(new NetworkWarning(
                        placed.pointer(),
                        "dropout-before-normalization",
                        "batch normalisation after dropout learns the variance of masked values, which is larger than"
                                + " that of the values it meets when predicting (Li et al. 2019); put dropout after the"
                                + " last batch normalisation, or leave one of them out"));
            }
        }
        return Optional.empty();
    }

    private static boolean startsEqual(LayerSpec.Dense dense, int fanIn) {
        return Moments.ofWeights(dense, fanIn).constant()
                && Moments.ofBiases(dense, fanIn).constant();
    }

    private static NetworkWarning symmetricStart(String pointer, LayerSpec.Dense dense) {
        return new NetworkWarning(
                pointer + "/weightInitializer",
                "symmetric-start",
                "all " + dense.units() + " units start with the same weights: they compute the same, and unless the"
                        + " layer after tells them apart they get the same gradient and stay the same");
    }

    private static NetworkWarning softmaxOutput(String pointer) {
        return new NetworkWarning(
                pointer + "/activation",
                "softmax-output",
                "a softmax output can only be trained with squaredError, whose gradient vanishes where the softmax"
                        + " saturates; for classes give the layer identity and train with softmaxCrossEntropy");
    }
}
