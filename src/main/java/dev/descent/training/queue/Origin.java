package dev.descent.training.queue;

import org.jspecify.annotations.Nullable;

/// Where a job came from, if not from a request of its own. That need not be there any more.
///
/// @param forkedFrom the job whose checkpoint it began with
/// @param forkedStep how many updates that had made
/// @param retryOf the job whose spec it has
/// @param verifies the job that it repeats, to see whether the same bits come out
/// @param experimentId the experiment that it is a variant of
public record Origin(
        @Nullable String forkedFrom,
        @Nullable Long forkedStep,
        @Nullable String retryOf,
        @Nullable String verifies,
        @Nullable String experimentId) {

    public static final Origin NONE = new Origin(null, null, null, null, null);

    public static Origin fork(String jobId, long step) {
        return new Origin(jobId, step, null, null, null);
    }

    /// Of a job that tries another again from where that began.
    public static Origin retry(Job job) {
        return new Origin(job.origin().forkedFrom(), job.origin().forkedStep(), job.id(), null, null);
    }

    /// Of a job that repeats another from where that began.
    public static Origin verification(Job job) {
        return new Origin(job.origin().forkedFrom(), job.origin().forkedStep(), null, job.id(), null);
    }

    public static Origin experiment(String experimentId) {
        return new Origin(null, null, null, null, experimentId);
    }
}
