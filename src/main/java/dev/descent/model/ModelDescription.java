package dev.descent.model;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.TargetOutputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything about a model but its weights: what a prediction needs, and where the model comes from; the dataset may
/// go, this stays.
///
/// @param features which columns become which inputs
/// @param featureScaling of the inputs, as wide as they are
/// @param target the only one, or the first of several
/// @param furtherTargets those after the first; null for a single target
/// @param targetScaling of the targets; to be undone on predicted numbers
/// @param loss says what the raw outputs are: logits for the cross-entropies
public record ModelDescription(
        NetworkSpec network,
        Precision precision,
        Encoding features,
        FittedScaling featureScaling,
        Target target,
        @Nullable List<Target> furtherTargets,
        FittedScaling targetScaling,
        Loss loss,
        Metrics metrics,
        Provenance provenance) {

    public ModelDescription {
        requireWidth("features", features.width(), network.inputs());
        requireWidth("featureScaling", featureScaling.width(), network.inputs());
        int targets = loss.targets(network.outputs());
        requireWidth("target", targets(target, furtherTargets).width(), targets);
        requireWidth("targetScaling", targetScaling.width(), targets);
    }

    /// All targets, in the order of the loss's.
    public Targets targets() {
        return targets(target, furtherTargets);
    }

    /// Whether there is more than one target.
    public boolean answersSeveral() {
        return furtherTargets != null;
    }

    /// For each target, the outputs that answer it.
    List<TargetOutputs> answers() {
        return interpretation().answers();
    }

    /// What goes into the network and what comes out of it.
    Interpretation interpretation() {
        return new Interpretation(network, precision, features, featureScaling, targets(), targetScaling, loss);
    }

    private static Targets targets(Target first, @Nullable List<Target> further) {
        List<Target> all = new ArrayList<>();
        all.add(first);
        if (further != null) {
            all.addAll(further);
        }
        return new Targets(all);
    }

    /// `regression`, `classification`, or `several` targets, whatever they are.
    public String task() {
        if (answersSeveral()) {
            return "several";
        }
        return target.form() == Target.Form.VALUE ? "regression" : "classification";
    }

    private static void requireWidth(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + " is " + found + " wide; " + expected + " are needed");
        }
    }
}
