package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;

/// Something in a network's description that is allowed and probably not meant.
///
/// @param pointer a JSON Pointer into the description
/// @param code a stable kebab-case word that a client may test for
public record NetworkWarning(String pointer, String code, String message) {

    /// What is odd about `network`, in layer order.
    public static List<NetworkWarning> of(NetworkSpec network) {
        List<NetworkWarning> warnings = new ArrayList<>();
        int fanIn = network.inputs();
        for (int i = 0; i < network.layers().size(); i++) {
            switch (network.layers().get(i)) {
                case LayerSpec.Dense dense -> {
                    boolean hidden = i < network.layers().size() - 1;
                    if (hidden && dense.units() > 1 && startsEqual(dense, fanIn)) {
                        warnings.add(symmetricStart(i, dense));
                    }
                    if (dense.activation() instanceof Activation.Softmax) {
                        warnings.add(softmaxOutput(i));
                    }
                    fanIn = dense.units();
                }
            }
        }
        return warnings;
    }

    private static boolean startsEqual(LayerSpec.Dense dense, int fanIn) {
        return Moments.ofWeights(dense, fanIn).constant()
                && Moments.ofBiases(dense, fanIn).constant();
    }

    private static NetworkWarning symmetricStart(int layer, LayerSpec.Dense dense) {
        return new NetworkWarning(
                "/layers/" + layer + "/weightInitializer",
                "symmetric-start",
                "all " + dense.units() + " units start with the same weights: they compute the same, and unless the"
                        + " layer after tells them apart they get the same gradient and stay the same");
    }

    private static NetworkWarning softmaxOutput(int layer) {
        return new NetworkWarning(
                "/layers/" + layer + "/activation",
                "softmax-output",
                "a softmax output can only be trained with squaredError, whose gradient vanishes where the softmax"
                        + " saturates; for classes give the layer identity and train with softmaxCrossEntropy");
    }
}
