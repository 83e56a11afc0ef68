package dev.descent.model;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Targets;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.TargetOutputs;
import java.util.List;

/// What goes into a network and what comes out of it, whatever its weights are: what its inputs are in a table, and
/// what
/// its outputs say of one.
///
/// @param features which columns become which inputs
/// @param targetScaling to be undone on predicted numbers
/// @param loss says what the raw outputs are: logits for the cross-entropies
public record Interpretation(
        NetworkSpec network,
        Precision precision,
        Encoding features,
        FittedScaling featureScaling,
        Targets targets,
        FittedScaling targetScaling,
        Loss loss) {

    /// For each target, the outputs that answer it.
    List<TargetOutputs> answers() {
        return targets.columns().size() > 1
                ? TargetOutputs.of(loss, network.outputs())
                : List.of(TargetOutputs.all(loss, network.outputs()));
    }
}
