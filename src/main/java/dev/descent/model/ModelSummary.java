package dev.descent.model;

import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a list of models shows of each.
///
/// @param task `regression`, `classification`, or `several` targets
/// @param features the columns that a row to predict has, in order
/// @param target null where `targets` names several
/// @param classes how many; 0 for regression, and for several targets
/// @param parameters weights and biases
/// @param weightsSha256 of all weights and biases in layer order, little-endian, in the model's precision
public record ModelSummary(
        String task,
        List<String> features,
        @Nullable String target,
        @Nullable List<String> targets,
        int classes,
        long parameters,
        Precision precision,
        Metrics metrics,
        String weightsSha256) {

    static ModelSummary of(ModelDescription description) {
        return new ModelSummary(
                description.task(),
                description.features().columns().stream().map(Heading::name).toList(),
                description.answersSeveral() ? null : description.target().column(),
                description.answersSeveral()
                        ? description.targets().columns().stream()
                                .map(Target::column)
                                .toList()
                        : null,
                description.answersSeveral()
                        ? 0
                        : description.target().classes().size(),
                description.network().parameters(),
                description.precision(),
                description.metrics(),
                description.provenance().weightsSha256());
    }
}
