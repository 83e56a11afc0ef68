package dev.descent.training.trace;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.train.Divergence;

/// What things of a step are called.
final class Words {

    private Words() {}

    /// What the layer's kind is called in a description.
    static String kindOf(LayerSpec layer) {
        return switch (layer) {
            case LayerSpec.Dense _ -> "dense";
            case LayerSpec.Dropout _ -> "dropout";
            case LayerSpec.BatchNormalization _ -> "batchNormalization";
            case LayerSpec.Residual _ -> "residual";
        };
    }

    static String of(Divergence divergence) {
        return switch (divergence.place()) {
            case ACTIVATION ->
                "the output of layer " + divergence.layer() + " is no longer a finite number; no update was made";
            case LOSS -> "every output is finite, but the loss is too large to be summed; no update was made";
            case GRADIENT ->
                "the gradient of layer " + divergence.layer() + " is no longer a finite number; no update was made";
            case WEIGHTS ->
                "the update left a weight of layer " + divergence.layer() + " that is not finite, and was taken back";
        };
    }
}
