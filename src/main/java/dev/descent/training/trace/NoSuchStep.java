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
        return refused("/step", "job " + job.id() + " has no step " + step + "; " + has, step);
    }

    /// @param last how often the run has begun again
    static Fault inRound(Job job, long round, long last) {
        String began = last == 0 ? "has not begun again" : "has begun again " + last + (last == 1 ? " time" : " times");
        String rounds = last == 0 ? "only round 0" : "the rounds 0 to " + last;
        return refused("?round", "job " + job.id() + " " + began + ": there is " + rounds + ", no " + round, round);
    }

    private static Refused refused(String pointer, String message, long value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, "out-of-range", message, value)));
    }
}
