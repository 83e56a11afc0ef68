package dev.descent.training.plan;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.Split;
import dev.descent.core.data.Targets;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a job makes of its dataset: which columns, which rows for what, and what is odd about them.
///
/// @param task null for several targets, which may be of both kinds
/// @param featureBytesPerRow that the features' cells take while they are read
record DataPlan(
        Encoding encoding,
        Targets targets,
        @Nullable Task task,
        Loss loss,
        Split split,
        Split.Parts parts,
        long featureBytesPerRow,
        List<Plan.PlanWarning> warnings) {

    List<String> features() {
        return encoding.columns().stream().map(column -> column.name()).toList();
    }

    /// These warnings, and those about the network as this job uses it.
    List<Plan.PlanWarning> withWarningsOf(JobSpec spec) {
        List<Plan.PlanWarning> all = new ArrayList<>(warnings);
        for (NetworkWarning warning : NetworkWarning.of(spec.network())) {
            if (spec.initialWeights() == null || !warning.code().equals("symmetric-start")) {
                all.add(new Plan.PlanWarning("/network" + warning.pointer(), warning.code(), warning.message()));
            }
        }
        return all;
    }
}
