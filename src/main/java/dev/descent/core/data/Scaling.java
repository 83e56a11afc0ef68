package dev.descent.core.data;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.Require;
import org.jspecify.annotations.Nullable;

/// How numbers are put on another scale before training; fitted on the training rows, carried by the model.
public sealed interface Scaling {

    @Formula("x")
    record None() implements Scaling {}

    /// `(x - mean) / s` per column, `s^2` the sum of squared deviations over `n - degreesOfFreedom`.
    @Formula(
            value = "(x - mean) / s, s^2 = sum (x - mean)^2 / (n - degreesOfFreedom), of the training rows",
            source = "sklearn.preprocessing.StandardScaler; degreesOfFreedom is the ddof of numpy.std")
    record Standardize(@Default("0") int degreesOfFreedom) implements Scaling {
        public Standardize {
            Require.between("degreesOfFreedom", degreesOfFreedom, 0, 1);
        }
    }

    /// `x / divisor`, one divisor for all columns; without one, the largest magnitude in the training rows.
    @Formula(
            value = "x / divisor; without one, by the largest magnitude in the training rows",
            source = "sklearn.preprocessing.MaxAbsScaler")
    record Scale(@Nullable Double divisor) implements Scaling {
        public Scale {
            if (divisor != null) {
                Require.positive("divisor", divisor);
            }
        }
    }
}
