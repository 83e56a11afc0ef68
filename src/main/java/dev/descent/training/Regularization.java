package dev.descent.training;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// Penalties on the parameters as part of the objective. Only their absence is known.
record Regularization(@Default("0.0") double l2) {

    Regularization {
        Require.notNegative("l2", l2);
        if (l2 != 0) {
            throw new InvalidSpec(
                    "/l2",
                    "not-available",
                    "an l2 penalty in the objective is not available; optimizer.weightDecay, which adds weightDecay * w"
                            + " to every gradient, is",
                    l2);
        }
    }
}
