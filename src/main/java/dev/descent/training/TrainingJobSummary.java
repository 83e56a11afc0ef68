package dev.descent.training;

import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job in a list: all but its spec and warnings.
record TrainingJobSummary(
        String id,
        @Nullable String name,
        String datasetId,
        JobState state,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable Integer queuePosition,
        Progress progress,
        long attempt,
        @Nullable String modelId,
        int priority,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
