package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
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

        @Schema(description = "The column that is predicted; null where there are several") @Nullable
        String target,

        @Schema(description = "The columns that are predicted, where there are several")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<ModelTarget> targets,

        @Schema(description = "The labels, in the order of the outputs; empty for regression, and for several targets")
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

            @Schema(description = "Undone to get from the network's output to the target's own scale") @Nullable
            InputScaling target,

            @Schema(description = "As target, of each number among several targets")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            List<InputScaling> targets) {

        private static ModelPreprocessing from(ModelDescription model) {
            List<String> inputs = model.features().inputs();
            List<InputScaling> features = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                features.add(InputScaling.from(inputs.get(i), model.featureScaling(), i));
            }
            return model.answersSeveral()
                    ? new ModelPreprocessing(features, null, scalings(model))
                    : new ModelPreprocessing(
                            features, InputScaling.from(model.target().column(), model.targetScaling(), 0), null);
        }

        private static List<InputScaling> scalings(ModelDescription model) {
            List<InputScaling> targets = new ArrayList<>();
            int at = 0;
            for (Target target : model.targets().columns()) {
                if (target.form() == Target.Form.VALUE) {
                    targets.add(InputScaling.from(target.column(), model.targetScaling(), at));
                }
                at += target.width();
            }
            return targets;
        }
    }

    record ModelTarget(
            String column,

            @Schema(description = "The labels, in the order of the outputs; empty for numbers")
            List<String> classes) {

        private static @Nullable List<ModelTarget> from(ModelDescription model) {
            return model.answersSeveral()
                    ? model.targets().columns().stream()
                            .map(target -> new ModelTarget(target.column(), target.classes()))
                            .toList()
                    : null;
        }
    }

    /// What a value x becomes: `(x - offset) / divisor`.
    record InputScaling(
            @Schema(description = "A numeric column, or a category: `colour=red`")
            String input,

            double offset,
            double divisor) {

        private static InputScaling from(String input, FittedScaling scaling, int i) {
            return new InputScaling(input, scaling.offsets()[i], scaling.divisors()[i]);
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
                model.answersSeveral() ? null : model.target().column(),
                ModelTarget.from(model),
                model.answersSeveral() ? List.of() : model.target().classes(),
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
