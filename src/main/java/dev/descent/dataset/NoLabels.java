package dev.descent.dataset;

import dev.descent.fault.NotFound;

/// The dataset came without a file of labels.
final class NoLabels extends NotFound {

    NoLabels(String id) {
        super("not-found", "Not found", "dataset " + id + " came without a file of labels");
    }
}
