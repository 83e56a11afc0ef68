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
/// @param targetScaling of the targets; to be undone on predicted numbers
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
        int targets = loss.targets(network.outputs());
        requireWidth("target", target.width(), targets);
        requireWidth("targetScaling", targetScaling.width(), targets);
    }

    /// `regression` or `classification`.
    public String task() {
        return target.form() == Target.Form.VALUE ? "regression" : "classification";
    }

    private static void requireWidth(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + " is " + found + " wide; " + expected + " are needed");
        }
    }
}
