package dev.descent.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.NumpyRandom;
import java.math.BigDecimal;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The elementary functions against exact values, in units of the last place; the bounds are those of the
/// documentation.
class FunctionsTest {

    private static final int EXACT = 1_000;
    private static final int SWEEP = 200_000;

    /// A function in both precisions, what it is exactly, what StrictMath or binary64 make of it, and its bound.
    record Case(
            String name,
            DoubleUnaryOperator binary64,
            DoubleUnaryOperator binary32,
            DoubleFunction<BigDecimal> exact,
            DoubleUnaryOperator reference,
            double bound,
            double[][] intervals64,
            double[][] intervals32) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static double[] interval(double from, double to) {
        return new double[] {from, to};
    }

    static final Case[] CASES = {
        new Case(
                "exp",
                Float64Functions::exp,
                x -> Float32Functions.exp((float) x),
                Exact::exp,
                StrictMath::exp,
                1,
                new double[][] {interval(-1, 1), interval(-708, 709)},
                new double[][] {interval(-1, 1), interval(-87, 88)}),
        new Case(
                "expm1",
                Float64Functions::expm1,
                x -> Float32Functions.expm1((float) x),
                Exact::expm1,
                StrictMath::expm1,
                2,
                new double[][] {interval(-1e-3, 1e-3), interval(-1, 1), interval(-40, 40), interval(600, 709)},
                new double[][] {interval(-1e-3, 1e-3), interval(-1, 1), interval(-20, 20), interval(70, 88)}),
        new Case(
                "log",
                Float64Functions::log,
                x -> Float32Functions.log((float) x),
                Exact::log,
                StrictMath::log,
                2,
                new double[][] {interval(0.5, 2), interval(0.999, 1.001), interval(1e-10, 1e10)},
                new double[][] {interval(0.5, 2), interval(0.99, 1.01), interval(1e-10, 1e10)}),
        new Case(
                "log1p",
                Float64Functions::log1p,
                x -> Float32Functions.log1p((float) x),
                Exact::log1p,
                StrictMath::log1p,
                3,
                new double[][] {interval(-0.99, 1), interval(-1e-6, 1e-6), interval(1, 1e10)},
                new double[][] {interval(-0.99, 1), interval(-1e-6, 1e-6), interval(1, 1e10)}),
        new Case(
                "softplus",
                Float64Functions::softplus,
                x -> Float32Functions.softplus((float) x),
                Exact::softplus,
                x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
                3,
                new double[][] {interval(-2, 2), interval(-40, 40), interval(-100, -60)},
                new double[][] {interval(-2, 2), interval(-80, 20)}),
        new Case(
                "sigmoid",
                Float64Functions::sigmoid,
                x -> Float32Functions.sigmoid((float) x),
                Exact::sigmoid,
                x -> 1 / (1 + StrictMath.exp(-x)),
                3,
                new double[][] {interval(-2, 2), interval(-700, 40)},
                new double[][] {interval(-2, 2), interval(-80, 20)}),
        new Case(
                "tanh",
                Float64Functions::tanh,
                x -> Float32Functions.tanh((float) x),
                Exact::tanh,
                StrictMath::tanh,
                3,
                new double[][] {interval(-0.01, 0.01), interval(-1, 1), interval(-22, 22)},
                new double[][] {interval(-0.01, 0.01), interval(-1, 1), interval(-9, 9)}),
        new Case(
                "erf",
                Float64Functions::erf,
                x -> Float32Functions.erf((float) x),
                Exact::erf,
                Float64Functions::erf,
                3,
                new double[][] {interval(-1e-3, 1e-3), interval(-0.6, 0.6), interval(-6, 6)},
                new double[][] {interval(-1e-3, 1e-3), interval(-0.6, 0.6), interval(-4, 4)}),
        new Case(
                "normalCdf",
                Float64Functions::normalCdf,
                x -> Float32Functions.normalCdf((float) x),
                Exact::normalCdf,
                Float64Functions::normalCdf,
                6,
                new double[][] {interval(-1, 1), interval(-8, 8)},
                new double[][] {interval(-1, 1), interval(-12.8, 6)}),
        new Case(
                "sin",
                Float64Functions::sin,
                x -> Float32Functions.sin((float) x),
                Exact::sin,
                StrictMath::sin,
                2,
                new double[][] {interval(-1, 1), interval(-100, 100), interval(-1e9, 1e9), interval(1e15, 1e16)},
                new double[][] {interval(-1, 1), interval(-100, 100), interval(-65000, 65000), interval(1e9, 1e10)}),
        new Case(
                "cos",
                Float64Functions::cos,
                x -> Float32Functions.cos((float) x),
                Exact::cos,
                StrictMath::cos,
                2,
                new double[][] {interval(-1, 1), interval(-100, 100), interval(-1e9, 1e9), interval(1e15, 1e16)},
                new double[][] {interval(-1, 1), interval(-100, 100), interval(-65000, 65000), interval(1e9, 1e10)})
    };

    @ParameterizedTest
    @FieldSource("CASES")
    void binary64IsWithinItsBound(Case function) {
        NumpyRandom random = new NumpyRandom(1);
        double worst = 0;
        for (double[] interval : function.intervals64) {
            for (int i = 0; i < EXACT; i++) {
                double x = random.uniform(interval[0], interval[1]);
                worst = Math.max(worst, error(function.binary64.applyAsDouble(x), function.exact.apply(x)));
            }
        }
        assertThat(worst).isPositive().isLessThanOrEqualTo(function.bound);
    }

    /// More points than exact values can be had for; the reference itself may be an ulp or two off.
    @ParameterizedTest
    @FieldSource("CASES")
    void binary64IsNearItsReference(Case function) {
        NumpyRandom random = new NumpyRandom(2);
        double worst = 0;
        for (double[] interval : function.intervals64) {
            for (int i = 0; i < SWEEP; i++) {
                double x = random.uniform(interval[0], interval[1]);
                double expected = function.reference.applyAsDouble(x);
                worst = Math.max(worst, Math.abs(function.binary64.applyAsDouble(x) - expected) / Math.ulp(expected));
            }
        }
        assertThat(worst).isLessThanOrEqualTo(function.bound + 2);
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void binary32IsWithinItsBound(Case function) {
        NumpyRandom random = new NumpyRandom(3);
        double worst = 0;
        for (double[] interval : function.intervals32) {
            for (int i = 0; i < SWEEP; i++) {
                float x = (float) random.uniform(interval[0], interval[1]);
                double expected = function.reference.applyAsDouble(x);
                worst = Math.max(
                        worst, Math.abs(function.binary32.applyAsDouble(x) - expected) / Math.ulp((float) expected));
            }
        }
        assertThat(worst).isPositive().isLessThanOrEqualTo(function.bound);
    }

    /// Down to where the result is no longer a normal number, and near the multiples of half of pi.
    @Test
    void tailsAndZerosKeepTheirDigits() {
        for (double x = -37.5; x < -8; x += 0.37) {
            assertThat(error(Float64Functions.normalCdf(x), Exact.normalCdf(x)))
                    .as("normalCdf(%s)", x)
                    .isLessThanOrEqualTo(6);
        }
        for (int k = -2_000; k < 2_000; k++) {
            double x = k * (Math.PI / 2);
            double even = error(Float64Functions.sin(x), Exact.sin(x));
            double odd = error(Float64Functions.cos(x), Exact.cos(x));
            assertThat(Math.max(even, odd)).as("sin, cos(%s)", x).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("bothPrecisions")
    void theEndsOfTheRangeAreTheLimits(String precision, DoubleUnaryOperator[] f) {
        double inf = Double.POSITIVE_INFINITY;
        double[][] ends = { // exp, expm1, softplus, sigmoid, tanh, erf, normalCdf, at -infinity, 0 and infinity
            {0, 1, inf}, {-1, 0, inf}, {0, Double.NaN, inf}, {0, 0.5, 1}, {-1, 0, 1}, {-1, 0, 1}, {0, 0.5, 1}
        };
        for (int i = 0; i < ends.length; i++) {
            assertThat(f[i].applyAsDouble(-inf)).isEqualTo(ends[i][0]);
            if (!Double.isNaN(ends[i][1])) {
                assertThat(f[i].applyAsDouble(0)).isEqualTo(ends[i][1]);
            }
            assertThat(f[i].applyAsDouble(inf)).isEqualTo(ends[i][2]);
        }
        for (DoubleUnaryOperator function : f) {
            assertThat(function.applyAsDouble(Double.NaN)).isNaN();
        }
    }

    static Stream<Object[]> bothPrecisions() {
        DoubleUnaryOperator[] binary64 = {
            Float64Functions::exp,
            Float64Functions::expm1,
            Float64Functions::softplus,
            Float64Functions::sigmoid,
            Float64Functions::tanh,
            Float64Functions::erf,
            Float64Functions::normalCdf,
            Float64Functions::sin,
            Float64Functions::cos,
            Float64Functions::log
        };
        DoubleUnaryOperator[] binary32 = {
            x -> Float32Functions.exp((float) x),
            x -> Float32Functions.expm1((float) x),
            x -> Float32Functions.softplus((float) x),
            x -> Float32Functions.sigmoid((float) x),
            x -> Float32Functions.tanh((float) x),
            x -> Float32Functions.erf((float) x),
            x -> Float32Functions.normalCdf((float) x),
            x -> Float32Functions.sin((float) x),
            x -> Float32Functions.cos((float) x),
            x -> Float32Functions.log((float) x)
        };
        return Stream.of(new Object[] {"binary64", binary64}, new Object[] {"binary32", binary32});
    }

    @Test
    void logarithmsOfOtherThanNormalNumbersAreThoseOfStrictMath() {
        for (double x : new double[] {0, -0.0, -1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThat(Double.compare(Float64Functions.log(x), StrictMath.log(x)))
                    .as("log(%s)", x)
                    .isZero();
            assertThat(Double.compare(Float32Functions.log((float) x), StrictMath.log(x)))
                    .as("log(%s)", x)
                    .isZero();
        }
        for (double x = Double.MIN_VALUE; x < 1e-300; x *= 3) {
            assertThat(error(Float64Functions.log(x), Exact.log(x)))
                    .as("log(%s)", x)
                    .isLessThanOrEqualTo(2);
        }
        for (float x = Float.MIN_VALUE; x < 1e-37f; x *= 3) {
            assertThat(error32(Float32Functions.log(x), StrictMath.log(x)))
                    .as("log(%s)", x)
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void infinityHasNoSine() {
        for (double x : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
            assertThat(Float64Functions.sin(x)).isNaN();
            assertThat(Float64Functions.cos(x)).isNaN();
            assertThat(Float32Functions.sin((float) x)).isNaN();
            assertThat(Float32Functions.cos((float) x)).isNaN();
        }
    }

    private static double error(double found, BigDecimal exact) {
        double ulp = Math.ulp(exact.doubleValue());
        return exact.subtract(new BigDecimal(found)).abs().doubleValue() / ulp;
    }

    private static double error32(float found, double exact) {
        return Math.abs(found - exact) / Math.ulp((float) exact);
    }
}
