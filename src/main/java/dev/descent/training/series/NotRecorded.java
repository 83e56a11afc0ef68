package dev.descent.training.series;

import dev.descent.fault.NotFound;

/// The job was not asked to record this, or not at any such step.
final class NotRecorded extends NotFound {

    private NotRecorded(String type, String title, String message) {
        super(type, title, message);
    }

    static NotRecorded series(String jobId, String name) {
        return new NotRecorded(
                "not-recorded",
                "Not recorded",
                "job " + jobId + " does not record " + name + "; ask for them with record." + name);
    }

    static NotRecorded lastWeights(String jobId) {
        return new NotRecorded(
                "no-last-weights",
                "No last weights",
                "job " + jobId + " left no last weights: only a job that diverged or reached its time limit does");
    }

    static NotRecorded step(String jobId, long step, long steps) {
        return new NotRecorded(
                "no-such-step",
                "No such step",
                "job " + jobId + " has the steps 0 to " + (steps - 1) + ", so nothing is recorded from " + step
                        + " on");
    }
}
