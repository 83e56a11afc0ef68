package dev.descent.model;

import dev.descent.fault.NotFound;

/// No model has this id.
public final class ModelNotFound extends NotFound {

    ModelNotFound(String id) {
        super("not-found", "Not found", "there is no model " + id);
    }
}
