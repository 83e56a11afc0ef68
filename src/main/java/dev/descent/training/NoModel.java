package dev.descent.training;

import dev.descent.fault.Conflict;
import dev.descent.training.queue.Job;

/// The job has ended without a model.
final class NoModel extends Conflict {

    NoModel(Job job) {
        super(
                "no-model",
                "No model",
                "job " + job.id() + " is " + job.state() + " and made no model"
                        + (job.message() == null ? "" : ": " + job.message()));
    }
}
