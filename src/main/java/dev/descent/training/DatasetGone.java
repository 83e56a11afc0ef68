package dev.descent.training;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// The dataset of a job was deleted while the job was being planned; the answer is as if it had never been there.
final class DatasetGone extends Refused {

    private static final String MESSAGE = "no dataset has this id or name";

    DatasetGone(String id) {
        super(
                "validation-failed",
                "Validation failed",
                MESSAGE,
                List.of(new Violation("/datasetId", "reference-not-found", MESSAGE, id)));
    }
}
