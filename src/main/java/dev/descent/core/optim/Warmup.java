package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// A linear rise of the learning rate over the first `steps` steps, from the fraction `from` of the rate that the
/// schedule begins with; the schedule counts its own steps from the end of it (PyTorch's `LinearLR`, then the
/// schedule).
public record Warmup(
        long steps, @Default("0.3333333333333333") double from) {
    public Warmup {
        Require.between("steps", steps, 1, Schedule.MAXIMUM_STEPS);
        Require.positive("from", from);
        if (from > 1) {
            throw new InvalidSpec("/from", "out-of-range", "from must be greater than 0 and at most 1", from);
        }
    }
}
