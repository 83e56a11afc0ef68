package dev.descent.training.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A job's row, as it was when it was read.
///
/// @param fence the number of the latest attempt to run it; 0 before the first
/// @param spec the canonical [JobSpec] as JSON
/// @param plan the [Plan] as JSON
/// @param progress the last [Progress] that was stored, as JSON
/// @param bitExact whether its bits are those of one undisturbed run, by one version of this program
/// @param verification what came of repeating another job, as JSON
public record Job(
        String id,
        @Nullable String name,
        String datasetId,
        JobState state,
        @Nullable Reason reason,
        @Nullable String message,
        int priority,
        long memoryBytes,
        long fence,
        int crashes,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String spec,
        String plan,
        @Nullable String progress,
        @Nullable String modelId,
        boolean bitExact,
        Origin origin,
        @Nullable String verification) {

    public static final String PREFIX = "job";
    public static final String PATH = "/api/v1/training-jobs";
    public static final String TAG = "Training jobs";
}
