package dev.descent.training.queue;

import java.util.Set;

/// Where a job is in its life, and where it may go from there. This is the one table of all transitions.
///
/// Every change of a job's row names the state and the fence that it expects; terminal states never change.
public enum JobState {
    /// Waits for a worker.
    QUEUED,
    /// A worker trains it.
    RUNNING,
    /// A worker trains it, and will keep where it is and stop within a step.
    PAUSING,
    /// Waits for somebody to resume it.
    PAUSED,
    /// A worker trains it and will stop within a step.
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /// The states that may follow.
    Set<JobState> next() {
        return switch (this) {
            // Claimed; or told to wait, or not to run at all, before that.
            case QUEUED -> Set.of(RUNNING, PAUSED, CANCELLED);
            // Finished; asked to stop; or given back, because the service stops, its process died, or its disk failed.
            case RUNNING -> Set.of(SUCCEEDED, FAILED, PAUSING, CANCELLING, QUEUED);
            // Stopped, also when the process died; or finished before it noticed.
            case PAUSING -> Set.of(PAUSED, SUCCEEDED, FAILED, CANCELLING);
            case PAUSED -> Set.of(QUEUED, CANCELLED);
            // Stopped, however the run ended in the meantime; also when the process died.
            case CANCELLING -> Set.of(CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> Set.of();
        };
    }

    boolean mayBecome(JobState state) {
        return next().contains(state);
    }

    public boolean terminal() {
        return next().isEmpty();
    }

    /// Whether a worker holds the job.
    public boolean atWork() {
        return switch (this) {
            case RUNNING, PAUSING, CANCELLING -> true;
            case QUEUED, PAUSED, SUCCEEDED, FAILED, CANCELLED -> false;
        };
    }
}
