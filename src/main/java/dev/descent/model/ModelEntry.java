package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.linalg.Precision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model as a list shows it.
record ModelEntry(
        String id,
        @Nullable String name,
        @Nullable String jobId,
        String task,
        int featureCount,

        @Schema(description = "The first 100 columns that a row to predict has, in order")
        List<String> features,

        @Nullable String target,

        @Schema(description = "Where there are several, which have no classes here")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<String> targets,

        int classes,
        long parameters,
        Precision precision,
        Metrics metrics,
        String weightsSha256,
        Instant createdAt) {

    private static final int LISTED_FEATURES = 100;

    static ModelEntry from(StoredModel model) {
        ModelSummary summary = model.summary();
        return new ModelEntry(
                model.id(),
                model.name(),
                model.jobId(),
                summary.task(),
                summary.features().size(),
                summary.features()
                        .subList(0, Math.min(LISTED_FEATURES, summary.features().size())),
                summary.target(),
                summary.targets(),
                summary.classes(),
                summary.parameters(),
                summary.precision(),
                summary.metrics(),
                summary.weightsSha256(),
                model.createdAt());
    }
}
