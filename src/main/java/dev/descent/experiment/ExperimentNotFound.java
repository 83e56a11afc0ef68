package dev.descent.experiment;

import dev.descent.fault.NotFound;

final class ExperimentNotFound extends NotFound {

    ExperimentNotFound(String id) {
        super("not-found", "Not found", "There is no experiment " + id + ".");
    }
}
