package dev.descent.core.train;

/// Where a run stopped being finite: in the step `step`, counted from 0, at the layer `layer`, counted from 0 in the
/// order of computation.
public record Divergence(long step, int layer, Place place) {

    public enum Place {
        /// The layer's output, the first in the forward pass that is not finite.
        ACTIVATION,
        /// The loss, of outputs that are finite; the layer is the last.
        LOSS,
        /// The gradient of the layer's parameters, the first in the backward pass that is not finite.
        GRADIENT,
        /// The weights that the update would have left.
        WEIGHTS
    }
}
