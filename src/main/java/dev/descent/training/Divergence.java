package dev.descent.training;

import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.train.Outcome;

/// Says in words where a run stopped being finite.
final class Divergence {

    private Divergence() {}

    static Ending of(Network network, Outcome outcome, double loss) {
        String what = Double.isFinite(loss) ? "a weight is no longer a finite number" : "the loss became " + loss;
        return Ending.failed(
                Reason.DIVERGED,
                "Diverged at step " + outcome.steps() + " (epoch " + outcome.epochs() + "): " + what + "; "
                        + where(network) + ". A smaller learning rate, or scaled features, often helps.");
    }

    private static String where(Network network) {
        Layer broken = network.firstNonFiniteLayer();
        if (broken != null) {
            return "the first layer with such a weight is layer "
                    + broken.place().index();
        }
        for (Layer layer : network.layers()) {
            if (!layer.activation().isFinite()) {
                return "the first layer with such an output is layer "
                        + layer.place().index();
            }
        }
        return "every weight and output is finite, the error of layer "
                + (network.layers().size() - 1) + " is too large to be summed";
    }
}
