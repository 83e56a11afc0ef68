package dev.descent.training;

import org.jspecify.annotations.Nullable;

/// The state that a job comes to, why, and what a reader of the job should know about it.
record Ending(
        JobState state, @Nullable Reason reason, @Nullable String message) {

    static final Ending COMPLETED = new Ending(JobState.SUCCEEDED, Reason.COMPLETED, null);
    static final Ending EARLY_STOPPED = new Ending(JobState.SUCCEEDED, Reason.EARLY_STOPPED, null);
    static final Ending CANCELLING = new Ending(JobState.CANCELLING, Reason.USER, null);
    static final Ending CANCELLED = new Ending(JobState.CANCELLED, Reason.USER, null);
    static final Ending GIVEN_BACK = new Ending(JobState.QUEUED, null, null);

    static Ending failed(Reason reason, String message) {
        return new Ending(JobState.FAILED, reason, message);
    }
}
