package dev.descent.training.trace;

import dev.descent.fault.Conflict;

/// What a step needs to be taken again is not there any more.
public final class NotReplayable extends Conflict {

    private NotReplayable(String type, String title, String message) {
        super(type, title, message);
    }

    public static NotReplayable withoutDataset(String jobId, String datasetId) {
        return new NotReplayable(
                "dataset-deleted",
                "Dataset deleted",
                "job " + jobId + " was trained on dataset " + datasetId
                        + ", which is deleted: its steps cannot be taken again");
    }

    static NotReplayable withoutParent(String jobId, String parentId, long step) {
        return new NotReplayable(
                "parent-deleted",
                "Parent deleted",
                "step " + step + " of job " + jobId + " was taken by job " + parentId
                        + ", from which it was forked, and which is deleted");
    }

    static NotReplayable withoutBeginning(String jobId) {
        return new NotReplayable(
                "checkpoint-gone",
                "Checkpoint gone",
                "no checkpoint of job " + jobId + " can be read, and as a fork it cannot begin without one");
    }
}
