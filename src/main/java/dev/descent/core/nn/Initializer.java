package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.random.NumpyRandom;

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

    /// Fills `parameter` in row order.
    default void fill(Matrix parameter, int fanIn, int fanOut, NumpyRandom random) {
        for (int i = 0; i < parameter.rows(); i++) {
            for (int j = 0; j < parameter.columns(); j++) {
                parameter.set(i, j, draw(fanIn, fanOut, random));
            }
        }
    }

    private double draw(int fanIn, int fanOut, NumpyRandom random) {
        return switch (this) {
            case Zeros zeros -> 0;
            case Constant constant -> constant.value;
            case Normal normal -> random.normal(normal.mean, normal.standardDeviation);
            case Uniform uniform -> random.uniform(uniform.minimum, uniform.maximum);
            case GlorotUniform glorot -> symmetric(StrictMath.sqrt(6.0 / (fanIn + fanOut)), random);
            case GlorotNormal glorot -> random.normal(0, StrictMath.sqrt(2.0 / (fanIn + fanOut)));
            case HeUniform he -> symmetric(StrictMath.sqrt(6.0 / fanIn), random);
            case HeNormal he -> random.normal(0, StrictMath.sqrt(2.0 / fanIn));
            case ScaledNormal scaled -> 1.0 / fanIn * random.randn();
        };
    }

    private static double symmetric(double limit, NumpyRandom random) {
        return random.uniform(-limit, limit);
    }
}
