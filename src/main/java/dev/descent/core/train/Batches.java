package dev.descent.core.train;

import dev.descent.core.Formula;
import dev.descent.core.Require;

/// Which training rows a step sees.
public sealed interface Batches {

    /// All rows, in order, every step.
    @Formula("every step sees all training rows")
    record Full() implements Batches {}

    /// A partition of a fresh shuffle each epoch; the last batch of an epoch may be smaller.
    @Formula("every epoch is a fresh permutation of the training rows, cut into batches of size rows")
    record Shuffled(int size) implements Batches {
        public Shuffled {
            Require.between("size", size, 1, Integer.MAX_VALUE);
        }
    }

    /// `size` rows drawn with replacement each step, NumPy's `choice(n, size)`; size 1 is the lectures' SGD.
    @Formula("every step draws size training rows with replacement")
    record Sampled(int size) implements Batches {
        public Sampled {
            Require.between("size", size, 1, Integer.MAX_VALUE);
        }
    }
}
