package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.random.NumpyRandom;

/// How a parameter's entries are drawn before training; `fanIn` and `fanOut` are the columns and rows of W (out x in).
///
/// Every random variant takes its numbers from the run's one stream, row by row, one draw an entry unless it says
/// otherwise.
public sealed interface Initializer {

    @Formula(value = "w = 0", source = "torch.nn.init.zeros_")
    record Zeros() implements Initializer {}

    @Formula(value = "w = value", source = "torch.nn.init.constant_")
    record Constant(double value) implements Initializer {
        public Constant {
            Require.finite("value", value);
        }
    }

    @Formula(value = "w = mean + standardDeviation randn", source = "NumPy RandomState.normal")
    record Normal(
            @Default("0.0") double mean, @Default("1.0") double standardDeviation) implements Initializer {
        public Normal {
            Require.finite("mean", mean);
            Require.notNegative("standardDeviation", standardDeviation);
        }
    }

    /// Uniform on [minimum, maximum).
    @Formula(value = "w = minimum + (maximum - minimum) random_sample", source = "NumPy RandomState.uniform")
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

    /// Normal, cut off at two standard deviations: each entry takes `randn` until one lies within 2. What is left has
    /// 0.88 of the standard deviation.
    @Formula(
            value = "w = mean + standardDeviation t, t = the next randn with |t| <= 2",
            source = "TensorFlow random.truncated_normal; PyTorch trunc_normal_ by another draw")
    record TruncatedNormal(
            @Default("0.0") double mean, @Default("1.0") double standardDeviation) implements Initializer {

        static final double LIMIT = 2;

        public TruncatedNormal {
            Require.finite("mean", mean);
            Require.notNegative("standardDeviation", standardDeviation);
        }
    }

    @Formula(value = "w uniform on +-sqrt(6 / (fanIn + fanOut))", source = "Glorot and Bengio 2010")
    record GlorotUniform() implements Initializer {}

    @Formula(value = "w = sqrt(2 / (fanIn + fanOut)) randn", source = "Glorot and Bengio 2010")
    record GlorotNormal() implements Initializer {}

    @Formula(value = "w uniform on +-sqrt(6 / fanIn)", source = "He et al. 2015")
    record HeUniform() implements Initializer {}

    @Formula(value = "w = sqrt(2 / fanIn) randn", source = "He et al. 2015")
    record HeNormal() implements Initializer {}

    @Formula(value = "w uniform on +-sqrt(3 / fanIn)", source = "LeCun et al. 1998, Efficient BackProp")
    record LecunUniform() implements Initializer {}

    @Formula(
            value = "w = sqrt(1 / fanIn) randn",
            source = "LeCun et al. 1998, Efficient BackProp; Klambauer et al. 2017 for selu")
    record LecunNormal() implements Initializer {}

    /// Rows of length `gain` at right angles; columns, where there are more rows than columns. Takes one `randn` an
    /// entry, in row order.
    @Formula(
            value = "W = gain Q, Q R = W' of randn entries (its transpose where it is wide), R's diagonal positive",
            source = "Saxe et al. 2014; PyTorch orthogonal_")
    record Orthogonal(@Default("1.0") double gain) implements Initializer {
        public Orthogonal {
            Require.positive("gain", gain);
        }
    }

    /// The lecture notebook's start.
    @Formula(value = "w = randn / fanIn", source = "the lecture: numpy.random.randn(out, in) / in")
    record ScaledNormal() implements Initializer {}

    /// Fills `parameter` in row order.
    default void fill(Matrix parameter, int fanIn, int fanOut, NumpyRandom random) {
        if (this instanceof Orthogonal orthogonal) {
            OrthogonalRows.fill(parameter, orthogonal.gain, random);
            return;
        }
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
            case TruncatedNormal normal -> normal.mean + normal.standardDeviation * truncated(random);
            case GlorotUniform glorot -> symmetric(StrictMath.sqrt(6.0 / (fanIn + fanOut)), random);
            case GlorotNormal glorot -> random.normal(0, StrictMath.sqrt(2.0 / (fanIn + fanOut)));
            case HeUniform he -> symmetric(StrictMath.sqrt(6.0 / fanIn), random);
            case HeNormal he -> random.normal(0, StrictMath.sqrt(2.0 / fanIn));
            case LecunUniform lecun -> symmetric(StrictMath.sqrt(3.0 / fanIn), random);
            case LecunNormal lecun -> random.normal(0, StrictMath.sqrt(1.0 / fanIn));
            case Orthogonal orthogonal -> throw new IllegalStateException("orthogonal rows are made together");
            case ScaledNormal scaled -> 1.0 / fanIn * random.randn();
        };
    }

    private static double symmetric(double limit, NumpyRandom random) {
        return random.uniform(-limit, limit);
    }

    private static double truncated(NumpyRandom random) {
        double drawn = random.randn();
        while (Math.abs(drawn) > TruncatedNormal.LIMIT) {
            drawn = random.randn();
        }
        return drawn;
    }
}
