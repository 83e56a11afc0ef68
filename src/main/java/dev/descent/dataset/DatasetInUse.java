package dev.descent.dataset;

import dev.descent.fault.Conflict;
import java.util.List;

/// Jobs that have not ended need the dataset.
public final class DatasetInUse extends Conflict {

    private static final int NAMED = 5;

    DatasetInUse(String id, List<String> jobs) {
        super(
                "resource-in-use",
                "Resource in use",
                "dataset " + id + " is used by " + String.join(", ", jobs.subList(0, Math.min(NAMED, jobs.size())))
                        + (jobs.size() > NAMED ? " and " + (jobs.size() - NAMED) + " more jobs" : "")
                        + "; cancel them or wait until they have ended");
    }
}
