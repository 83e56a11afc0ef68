package dev.descent.experiment;

import dev.descent.core.surface.Walk;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Reason;

/// A variant whose run is to be followed.
///
/// @param made updates, since its run began again for the last time
/// @param restarts how often it has begun again
record Walker(String name, Job job, JobSpec spec, Plan plan, long made, int restarts) {

    boolean succeeded() {
        return job.state() == JobState.SUCCEEDED;
    }

    /// Whether its weights may have gone anywhere, so that they say nothing of where to look.
    boolean diverged() {
        return job.reason() == Reason.DIVERGED;
    }

    long[] steps(int points) {
        return Walk.steps(made, points);
    }
}
