package dev.descent.training;

import dev.descent.fault.Conflict;
import dev.descent.training.queue.Job;

/// The job that is to make the model has not ended.
final class ModelNotReady extends Conflict {

    ModelNotReady(Job job) {
        super("model-not-ready", "Model not ready", "job " + job.id() + " is " + job.state() + "; wait until it ends");
    }
}
