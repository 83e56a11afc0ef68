package dev.descent.training.queue;

/// Why a job is where it is.
public enum Reason {
    /// The length asked for was reached.
    COMPLETED,
    /// What `earlyStopping` waits for happened before.
    EARLY_STOPPED,
    /// It trained for as long as `timeLimitSeconds` allowed.
    TIME_LIMIT,
    /// A loss or a weight stopped being a finite number.
    DIVERGED,
    /// The process died too often while it ran.
    POISON,
    /// Its data could not be read as they were stored.
    DATA_CORRUPT,
    /// The machine failed it: no room on the disk, no memory.
    INFRASTRUCTURE,
    /// A defect of the service.
    INTERNAL,
    /// It repeated another job, and other bits came out.
    NOT_REPRODUCED,
    /// Somebody asked for it.
    USER
}
