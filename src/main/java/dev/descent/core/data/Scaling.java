package dev.descent.core.data;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
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

    /// `(x - min) / (max - min)` per column, put on `minimum..maximum` instead of 0..1.
    @Formula(
            value = "minimum + (x - min) / (max - min) (maximum - minimum), min and max of the training rows",
            source = "sklearn.preprocessing.MinMaxScaler")
    record MinMax(
            @Default("0") double minimum, @Default("1") double maximum) implements Scaling {
        public MinMax {
            Require.finite("minimum", minimum);
            Require.finite("maximum", maximum);
            if (!(minimum < maximum) || Double.isInfinite(maximum - minimum)) {
                throw new InvalidSpec(
                        "/maximum",
                        "out-of-range",
                        "maximum must be above minimum " + minimum + ", not " + maximum,
                        maximum);
            }
        }

        /// For a column between `least` and `most`; 0 where it does not vary.
        double divisor(double least, double most) {
            return (most - least) / (maximum - minimum);
        }

        double offset(double least, double most) {
            double divisor = divisor(least, most);
            return least - minimum * (divisor > 0 ? divisor : 1);
        }

        /// Whether numbers between `least` and `most` can be put on the range.
        public boolean fits(double least, double most) {
            return Double.isFinite(divisor(least, most)) && Double.isFinite(offset(least, most));
        }
    }

    /// `(x - q(center)) / (q(upper) - q(lower))` per column, q its quantiles: a few wild values move neither.
    @Formula(
            value =
                    "(x - q(center)) / (q(upper) - q(lower)), q the quantiles of the training rows, linear between them",
            source = "sklearn.preprocessing.RobustScaler; q is numpy.quantile")
    record Quantile(
            @Default("0.25") double lower,
            @Default("0.5") double center,
            @Default("0.75") double upper) implements Scaling {
        public Quantile {
            Require.between("lower", lower, 0.0, 1.0);
            Require.between("center", center, 0.0, 1.0);
            Require.between("upper", upper, 0.0, 1.0);
            if (lower >= upper) {
                throw new InvalidSpec(
                        "/upper", "out-of-range", "upper must be above lower " + lower + ", not " + upper, upper);
            }
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
