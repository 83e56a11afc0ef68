package dev.descent.training.queue;

import org.jspecify.annotations.Nullable;

/// The job that another came from, if it came from one. It need not be there any more.
///
/// @param forkedFrom the job whose checkpoint it began with
/// @param forkedStep how many updates that had made
/// @param retryOf the job whose spec it has
public record Origin(
        @Nullable String forkedFrom,
        @Nullable Long forkedStep,
        @Nullable String retryOf) {

    public static final Origin NONE = new Origin(null, null, null);

    public static Origin fork(String jobId, long step) {
        return new Origin(jobId, step, null);
    }

    public static Origin retry(String jobId) {
        return new Origin(null, null, jobId);
    }
}
