package dev.descent.model;

import dev.descent.core.data.Heading;
import dev.descent.core.linalg.Precision;
import java.util.List;

/// What a list of models shows of each.
///
/// @param task `regression` or `classification`
/// @param features the columns that a row to predict has, in order
/// @param classes how many; 0 for regression
/// @param parameters weights and biases
/// @param weightsSha256 of all weights and biases in layer order, little-endian, in the model's precision
public record ModelSummary(
        String task,
        List<String> features,
        String target,
        int classes,
        long parameters,
        Precision precision,
        Metrics metrics,
        String weightsSha256) {

    static ModelSummary of(ModelDescription description) {
        return new ModelSummary(
                description.task(),
                description.features().columns().stream().map(Heading::name).toList(),
                description.target().column(),
                description.target().classes().size(),
                description.network().parameters(),
                description.precision(),
                description.metrics(),
                description.provenance().weightsSha256());
    }
}
