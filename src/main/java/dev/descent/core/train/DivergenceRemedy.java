package dev.descent.core.train;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// What a run does when a number stops being finite.
public sealed interface DivergenceRemedy {

    /// The run ends there, with the last finite weights.
    @Formula("stop, keeping the last finite weights")
    record Fail() implements DivergenceRemedy {}

    /// The lecture's remedy: divide the learning rate and start again, from the same weights and the same batches, at
    /// most `attempts` times.
    @Formula(
            value = "learningRate <- learningRate / divideBy, then start again with the same seed",
            source = "the lecture: divide the learning rate by ten and start again")
    record Restart(
            @Default("10.0") double divideBy, @Default("3") int attempts) implements DivergenceRemedy {
        public Restart {
            Require.finite("divideBy", divideBy);
            if (divideBy <= 1) {
                throw new InvalidSpec("/divideBy", "out-of-range", "divideBy must be greater than 1", divideBy);
            }
            Require.between("attempts", attempts, 1, 20);
        }
    }
}
