package dev.descent.experiment;

import dev.descent.training.queue.JobState;
import java.util.Set;

/// Where an experiment is, by its jobs.
enum ExperimentState {
    /// None has begun.
    QUEUED,
    /// Some have begun, and not all have ended.
    RUNNING,
    /// All have ended, however that was.
    ENDED;

    static ExperimentState of(Set<JobState> jobs) {
        if (jobs.stream().allMatch(JobState::terminal)) {
            return ENDED;
        }
        return jobs.equals(Set.of(JobState.QUEUED)) ? QUEUED : RUNNING;
    }
}
