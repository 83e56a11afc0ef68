package dev.descent.training.queue;

import dev.descent.fault.NotFound;

final class JobNotFound extends NotFound {

    JobNotFound(String id) {
        super("not-found", "Not found", "There is no training job " + id + ".");
    }
}
