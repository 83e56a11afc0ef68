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
    /// A worker trains it and will stop within a step.
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /// The states that may follow.
    Set<JobState> next() {
        return switch (this) {
            // Claimed; or cancelled while it waited.
            case QUEUED -> Set.of(RUNNING, CANCELLED);
            // Finished; asked to stop; or given back, because the service stops or its process died.
            case RUNNING -> Set.of(SUCCEEDED, FAILED, CANCELLING, QUEUED);
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
}
