package dev.descent.training.trace;

import dev.descent.fault.Conflict;
import dev.descent.fault.Fault;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.training.queue.Job;
import java.util.List;

/// The job has not come to a step, or never will.
final class NoSuchStep {

    private NoSuchStep() {}

    /// @param last the last step that can be traced
    /// @param steps how many the job will have
    static Fault of(Job job, long step, long last, long steps) {
        String has = last < 0 ? "it made no step" : "it has the steps 0 to " + last;
        if (step >= 0 && step < steps && !job.state().terminal()) {
            return new Conflict(
                    "step-not-reached",
                    "Step not reached",
                    "job " + job.id() + " is " + job.state() + " and has not come to step " + step + "; so far " + has);
        }
        String message = "job " + job.id() + " has no step " + step + "; " + has;
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("/step", "out-of-range", message, step)));
    }
}
