package dev.descent.training.queue;

import org.jspecify.annotations.Nullable;

/// The data of the events `state` and `end`.
public record StateReached(
        JobState state,
        long attempt,
        @Nullable Reason reason,
        @Nullable String message,
        @Nullable String modelId) {

    public static StateReached queued() {
        return new StateReached(JobState.QUEUED, 0, null, null, null);
    }

    static StateReached running(long attempt) {
        return new StateReached(JobState.RUNNING, attempt, null, null, null);
    }
}
