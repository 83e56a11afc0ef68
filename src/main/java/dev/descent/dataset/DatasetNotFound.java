package dev.descent.dataset;

import dev.descent.fault.NotFound;

/// No dataset has this id.
public final class DatasetNotFound extends NotFound {

    DatasetNotFound(String id) {
        super("not-found", "Not found", "there is no dataset " + id);
    }
}
