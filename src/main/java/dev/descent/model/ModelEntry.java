package dev.descent.model;

import dev.descent.core.linalg.Precision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model as a list shows it.
record ModelEntry(
        String id,
        @Nullable String name,
        @Nullable String jobId,
        String task,
        List<String> features,
        String target,
        int classes,
        long parameters,
        Precision precision,
        Metrics metrics,
        String weightsSha256,
        Instant createdAt) {

    static ModelEntry from(StoredModel model) {
        ModelSummary summary = model.summary();
        return new ModelEntry(
                model.id(),
                model.name(),
                model.jobId(),
                summary.task(),
                summary.features(),
                summary.target(),
                summary.classes(),
                summary.parameters(),
                summary.precision(),
                summary.metrics(),
                summary.weightsSha256(),
                model.createdAt());
    }
}
