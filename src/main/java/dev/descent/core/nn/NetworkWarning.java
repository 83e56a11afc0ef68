package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Something in a network's description that is allowed and probably not meant.
///
/// @param pointer a JSON Pointer into the description
/// @param code a stable kebab-case word that a client may test for
public record NetworkWarning(String pointer, String code, String message) {

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
        dropoutBeforeNormalization(layers).ifPresent(warnings::add);
        return warnings;
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
