package dev.descent.model;

import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A model as clients see it: everything but its weights.
record ModelResource(
        String id,
        @Nullable String name,
        String task,

        @Schema(description = "What a row to predict has, in order")
        List<Heading> columns,

        @Schema(description = "The column that is predicted")
        String target,

        @Schema(description = "The labels, in the order of the outputs; empty for regression")
        List<String> classes,

        NetworkSpec network,
        long parameters,
        Precision precision,
        Loss loss,
        ModelPreprocessing preprocessing,
        Metrics metrics,
        ModelProvenance provenance,
        String weightsSha256,
        @Schema(description = "Of the model's file") String bundleSha256,
        Instant createdAt) {

    record ModelPreprocessing(
            @Schema(description = "One entry an input of the network, in order")
            List<InputScaling> features,

            @Schema(description = "Undone to get from the network's output to the target's own scale")
            InputScaling target) {

        private static ModelPreprocessing from(ModelDescription model) {
            List<String> inputs = model.features().inputs();
            List<InputScaling> features = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                features.add(InputScaling.from(inputs.get(i), model.featureScaling(), i));
            }
            return new ModelPreprocessing(
                    features, InputScaling.from(model.target().column(), model.targetScaling(), 0));
        }
    }

    /// What a value x becomes: `(x - mean) / divisor`.
    record InputScaling(
            @Schema(description = "A numeric column, or a category: `colour=red`")
            String input,

            double mean,
            double divisor) {

        private static InputScaling from(String input, FittedScaling scaling, int i) {
            return new InputScaling(input, scaling.means()[i], scaling.divisors()[i]);
        }
    }

    record ModelProvenance(
            String jobId,
            long attempt,

            @Schema(description = "Of the training job, with every default filled in")
            Object spec,

            String datasetId,
            String tableSha256,
            long steps,
            long epochs,
            String engine,
            Instant finishedAt) {}

    static ModelResource from(StoredModel stored, ModelDescription model, JsonNode spec) {
        Provenance provenance = model.provenance();
        return new ModelResource(
                stored.id(),
                stored.name(),
                model.task(),
                model.features().columns(),
                model.target().column(),
                model.target().classes(),
                model.network(),
                model.network().parameters(),
                model.precision(),
                model.loss(),
                ModelPreprocessing.from(model),
                model.metrics(),
                new ModelProvenance(
                        provenance.jobId(),
                        provenance.attempt(),
                        spec,
                        provenance.datasetId(),
                        provenance.tableSha256(),
                        provenance.steps(),
                        provenance.epochs(),
                        provenance.engine(),
                        provenance.finishedAt()),
                provenance.weightsSha256(),
                stored.bundleSha256(),
                stored.createdAt());
    }
}
