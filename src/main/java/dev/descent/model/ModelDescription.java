package dev.descent.model;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;

/// Everything about a model but its weights: what a prediction needs, and where the model comes from; the dataset may
/// go, this stays.
///
/// @param features which columns become which inputs
/// @param featureScaling of the inputs, as wide as they are
/// @param targetScaling of the outputs; to be undone on predicted numbers
/// @param loss says what the raw outputs are: logits for the cross-entropies
public record ModelDescription(
        NetworkSpec network,
        Precision precision,
        Encoding features,
        FittedScaling featureScaling,
        Target target,
        FittedScaling targetScaling,
        Loss loss,
        Metrics metrics,
        Provenance provenance) {

    public ModelDescription {
        requireWidth("features", features.width(), network.inputs());
        requireWidth("featureScaling", featureScaling.width(), network.inputs());
        requireWidth("target", target.width(), network.outputs());
        requireWidth("targetScaling", targetScaling.width(), network.outputs());
    }

    /// `regression` or `classification`.
    public String task() {
        return target.form() == Target.Form.VALUE ? "regression" : "classification";
    }

    private static void requireWidth(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + " is " + found + " wide, the network " + expected);
        }
    }
}
