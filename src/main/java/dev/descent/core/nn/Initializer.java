package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// How a parameter's entries are drawn before training; `fanIn` and `fanOut` are the columns and rows of W (out x in).
///
/// Every random variant takes its numbers from the run's one stream, row by row, one draw an entry.
public sealed interface Initializer {

    record Zeros() implements Initializer {}

    record Constant(double value) implements Initializer {
        public Constant {
            Require.finite("value", value);
        }
    }

    /// `mean + standardDeviation * randn`.
    record Normal(
            @Default("0.0") double mean, @Default("1.0") double standardDeviation) implements Initializer {
        public Normal {
            Require.finite("mean", mean);
            Require.notNegative("standardDeviation", standardDeviation);
        }
    }

    /// Uniform on [minimum, maximum).
    record Uniform(
            @Default("-1.0") double minimum, @Default("1.0") double maximum) implements Initializer {
        public Uniform {
            Require.finite("minimum", minimum);
            Require.finite("maximum", maximum);
            if (minimum >= maximum) {
                throw new InvalidSpec(
                        "/minimum", "out-of-range", "minimum must be less than maximum " + maximum, minimum);
            }
        }
    }

    /// Uniform on +-sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010).
    record GlorotUniform() implements Initializer {}

    /// Normal with variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010).
    record GlorotNormal() implements Initializer {}

    /// Uniform on +-sqrt(6 / fanIn) (He et al. 2015).
    record HeUniform() implements Initializer {}

    /// Normal with variance 2 / fanIn (He et al. 2015).
    record HeNormal() implements Initializer {}

    /// `1 / fanIn * randn`: the lecture notebook's start.
    record ScaledNormal() implements Initializer {}
}
