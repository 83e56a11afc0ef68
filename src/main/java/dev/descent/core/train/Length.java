package dev.descent.core.train;

import dev.descent.core.Require;

/// How long a run lasts: a number of epochs (passes over the training rows) or of steps (updates).
///
/// An epoch of `full` batches is one step; of `shuffled`, one partition; of `sampled`, as many steps as a partition
/// of that batch size would have.
public sealed interface Length {

    long MAXIMUM_EPOCHS = 1_000_000;
    long MAXIMUM_STEPS = 10_000_000_000L;

    long count();

    record Epochs(long count) implements Length {
        public Epochs {
            Require.between("epochs", count, 1, MAXIMUM_EPOCHS);
        }
    }

    record Steps(long count) implements Length {
        public Steps {
            Require.between("steps", count, 1, MAXIMUM_STEPS);
        }
    }
}
