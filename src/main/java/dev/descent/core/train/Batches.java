package dev.descent.core.train;

import dev.descent.core.Formula;
import dev.descent.core.Require;

/// Which training rows a step sees.
public sealed interface Batches {

    /// All rows, in order, every step.
    @Formula(value = "every step sees all training rows", source = "Cauchy 1847")
    record Full() implements Batches {}

    /// A partition of a fresh shuffle each epoch; the last batch of an epoch may be smaller.
    @Formula(
            value = "every epoch is a fresh permutation of the training rows, cut into batches of size rows",
            source = "numpy.random.permutation; torch.utils.data.RandomSampler")
    record Shuffled(int size) implements Batches {
        public Shuffled {
            Require.between("size", size, 1, Integer.MAX_VALUE);
        }
    }

    /// `size` rows drawn with replacement each step, NumPy's `choice(n, size)`; size 1 is the lectures' SGD.
    @Formula(
            value = "every step draws size training rows with replacement",
            source = "Robbins and Monro 1951; numpy.random.choice")
    record Sampled(int size) implements Batches {
        public Sampled {
            Require.between("size", size, 1, Integer.MAX_VALUE);
        }
    }
}
