package dev.descent.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.NumpyRandom;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/// The elementary functions against StrictMath, and their lanes against their scalars.
class FunctionsTest {

    private static final int TRIALS = 400_000;
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        709.78,
        709.79,
        -708.4,
        -745.1,
        -745.2,
        88.72,
        88.73,
        -87.3,
        -103.9,
        -104,
        22,
        -22,
        1e-20,
        -1e-20,
        0.34657359,
        -0.34657359,
        0.34657360
    };

    @Test
    void binary64IsWithinItsBounds() {
        NumpyRandom random = new NumpyRandom(1);
        assertThat(worst64(Float64Functions::exp, StrictMath::exp, random, -708, 709))
                .isLessThanOrEqualTo(1);
        assertThat(worst64(Float64Functions::exp, StrictMath::exp, random, -1, 1))
                .isLessThanOrEqualTo(1);
        assertThat(worst64(Float64Functions::tanh, StrictMath::tanh, random, -22, 22))
                .isLessThanOrEqualTo(3);
        assertThat(worst64(Float64Functions::tanh, StrictMath::tanh, random, -0.1, 0.1))
                .isLessThanOrEqualTo(3);
        assertThat(worst64(Float64Functions::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), random, -700, 40))
                .isLessThanOrEqualTo(3);
    }

    @Test
    void binary32IsWithinItsBounds() {
        NumpyRandom random = new NumpyRandom(2);
        assertThat(worst32(x -> Float32Functions.exp((float) x), StrictMath::exp, random, -87, 88))
                .isLessThanOrEqualTo(1);
        assertThat(worst32(x -> Float32Functions.tanh((float) x), StrictMath::tanh, random, -9, 9))
                .isLessThanOrEqualTo(3);
        assertThat(worst32(x -> Float32Functions.tanh((float) x), StrictMath::tanh, random, -0.01, 0.01))
                .isLessThanOrEqualTo(3);
        assertThat(worst32(
                        x -> Float32Functions.sigmoid((float) x), x -> 1 / (1 + StrictMath.exp(-x)), random, -80, 20))
                .isLessThanOrEqualTo(3);
    }

    @Test
    void logarithmsAreWithinTheirBounds() {
        NumpyRandom random = new NumpyRandom(4);
        assertThat(worst64(Float64Functions::log, StrictMath::log, random, 0.5, 2))
                .isLessThanOrEqualTo(2);
        assertThat(worst64(Float64Functions::log, StrictMath::log, random, 1, 1000))
                .isLessThanOrEqualTo(2);
        assertThat(worst64(Float64Functions::softplus, FunctionsTest::softplus, random, -700, 40))
                .isLessThanOrEqualTo(3);
        assertThat(worst64(Float64Functions::softplus, FunctionsTest::softplus, random, -2, 2))
                .isLessThanOrEqualTo(3);
        assertThat(worst32(x -> Float32Functions.log((float) x), StrictMath::log, random, 0.5, 100))
                .isLessThanOrEqualTo(2);
        assertThat(worst32(x -> Float32Functions.softplus((float) x), FunctionsTest::softplus, random, -80, 20))
                .isLessThanOrEqualTo(3);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    @Test
    void theEndsOfTheRangeAreExact() {
        assertThat(Float64Functions.exp(0)).isEqualTo(1);
        assertThat(Float64Functions.exp(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Float64Functions.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Float64Functions.exp(Double.NaN)).isNaN();
        assertThat(Float64Functions.tanh(-0.0)).isEqualTo(-0.0);
        assertThat(Float64Functions.tanh(1e300)).isEqualTo(1);
        assertThat(Float64Functions.tanh(Double.NaN)).isNaN();
        assertThat(Float64Functions.sigmoid(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Float64Functions.sigmoid(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void lanesHaveTheBitsOfTheScalars() {
        NumpyRandom random = new NumpyRandom(3);
        for (int i = 0; i < TRIALS; i++) {
            double x = i < SPECIAL.length ? SPECIAL[i] : random.normal(0, i % 2 == 0 ? 1 : 300);
            DoubleVector wide = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, x);
            assertBits(Float64VectorFunctions.exp(wide).lane(0), Float64Functions.exp(x), x);
            assertBits(Float64VectorFunctions.tanh(wide).lane(0), Float64Functions.tanh(x), x);
            assertBits(Float64VectorFunctions.sigmoid(wide).lane(0), Float64Functions.sigmoid(x), x);
            FloatVector narrow = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, (float) x);
            assertBits(Float32VectorFunctions.exp(narrow).lane(0), Float32Functions.exp((float) x), x);
            assertBits(Float32VectorFunctions.tanh(narrow).lane(0), Float32Functions.tanh((float) x), x);
            assertBits(Float32VectorFunctions.sigmoid(narrow).lane(0), Float32Functions.sigmoid((float) x), x);
        }
    }

    private static void assertBits(double lanes, double scalar, double x) {
        if (Double.doubleToLongBits(lanes) != Double.doubleToLongBits(scalar)) {
            throw new AssertionError("at " + x + ": " + lanes + " in lanes, " + scalar + " as a scalar");
        }
    }

    private static double worst64(
            DoubleUnaryOperator ours, DoubleUnaryOperator reference, NumpyRandom random, double from, double to) {
        double worst = 0;
        for (int i = 0; i < TRIALS; i++) {
            double x = random.uniform(from, to);
            double expected = reference.applyAsDouble(x);
            worst = Math.max(worst, Math.abs(ours.applyAsDouble(x) - expected) / Math.ulp(expected));
        }
        return worst;
    }

    private static double worst32(
            DoubleUnaryOperator ours, DoubleUnaryOperator reference, NumpyRandom random, double from, double to) {
        double worst = 0;
        for (int i = 0; i < TRIALS; i++) {
            float x = (float) random.uniform(from, to);
            double expected = reference.applyAsDouble(x);
            worst = Math.max(worst, Math.abs(ours.applyAsDouble(x) - expected) / Math.ulp((float) expected));
        }
        return worst;
    }
}
