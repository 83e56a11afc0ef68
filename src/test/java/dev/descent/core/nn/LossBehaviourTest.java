package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for losses beyond their numbers: numbers that are not finite, heads, memory.
class LossBehaviourTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    static Stream<Loss> losses() {
        return LossSamples.all();
    }

    /// Each output in turn, so that every column of every head is hit.
    @ParameterizedTest
    @MethodSource("losses")
    void anOutputThatIsNoNumberMakesTheLossNoNumber(Loss loss) {
        for (Precision precision : Precision.values()) {
            for (int column = 0; column < LossSamples.OUTPUTS; column++) {
                double[][] p = LossSamples.outputs(3, new NumpyRandom(1));
                p[1][column] = NAN;
                Matrix delta = Matrix.create(precision, 3, LossSamples.OUTPUTS);
                assertThat(evaluate(loss, precision, p, delta)).isNaN();
                assertThat(delta.get(1, column)).isNaN();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void targetsThatAreNoNumbersMakeTheLossNoNumber(Loss loss) {
        NumpyRandom random = new NumpyRandom(1);
        double[][] p = LossSamples.outputs(3, random);
        for (int column = 0; column < loss.targets(LossSamples.OUTPUTS); column++) {
            if (loss.equals(weightedClasses(loss.reduction())) && column == 3) {
                continue; // this class weighs nothing
            }
            double[][] y = LossSamples.targets(loss, 3, random);
            y[2][column] = NAN;
            Matrix delta = Matrix.create(Precision.FLOAT64, 3, LossSamples.OUTPUTS);
            assertThat(LossesTest.evaluate(loss, p, y, delta)).isNaN();
        }
    }

    /// An infinite logit of the wrong sign costs nothing, and a likelihood with variance infinity is 0; nothing else is
    /// finite.
    @ParameterizedTest
    @MethodSource("losses")
    void anInfiniteErrorIsNotFinite(Loss loss) {
        for (Precision precision : Precision.values()) {
            double[][] p = new double[3][LossSamples.OUTPUTS];
            for (double[] row : p) {
                Arrays.fill(row, INFINITY);
            }
            Matrix delta = Matrix.create(precision, 3, LossSamples.OUTPUTS);
            assertThat(evaluate(loss, precision, p, delta))
                    .as("%s", loss)
                    .satisfies(value -> assertThat(Double.isFinite(value)).isFalse());
        }
    }

    @Test
    void aSureLogitOfTheRightClassCostsNothing() {
        double[][] p = {{INFINITY * -1, 3, 2, 1, 0, -1}};
        double[][] y = {{0, 1, 0, 0, 0, 0}};
        Matrix delta = Matrix.create(Precision.FLOAT64, 1, LossSamples.OUTPUTS);
        double value = LossesTest.evaluate(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), p, y, delta);
        assertThat(value).isBetween(0.4, 0.5);
        assertThat(delta.get(0, 0)).isZero();
    }

    /// However small its deviation: its reciprocal squared is infinite for exp(-400), itself for exp(-1000).
    @ParameterizedTest
    @ValueSource(doubles = {-400, -1000})
    void aMixturesComponentTooFarToCountPullsAtNothing(double logDeviation) {
        Loss loss = new Loss.MixtureDensity(2, Reduction.MEAN, 1);
        double[][] p = {{0, 0, 0.5, 3, 0, logDeviation}};
        Matrix delta = Matrix.create(Precision.FLOAT64, 1, LossSamples.OUTPUTS);
        double value = LossesTest.evaluate(loss, p, new double[][] {{0}}, delta);
        double alone = 0.125 + StrictMath.log(2 * Math.PI) / 2 + StrictMath.log(2);
        assertThat(value).isCloseTo(alone, Offset.offset(1e-15));
        assertThat(delta.isFinite()).isTrue();
        assertThat(delta.get(0, 3)).isZero();
        assertThat(delta.get(0, 5)).isZero();
    }

    @Test
    void headsAreTheirLossesSideBySide() {
        NumpyRandom random = new NumpyRandom(3);
        Loss first = new Loss.Huber(0.5, Reduction.MEAN, 2);
        Loss second = new Loss.GaussianNegativeLogLikelihood(Reduction.SUM, 1);
        Loss both = new Loss.WeightedSum(List.of(new LossTerm(first, 3, 2), new LossTerm(second, 0.25, 4)));
        double[][] p = LossSamples.outputs(5, random);
        double[][] y = LossSamples.targets(both, 5, random);
        Matrix delta = Matrix.create(Precision.FLOAT64, 5, 6);
        Matrix deltaOfFirst = Matrix.create(Precision.FLOAT64, 5, 2);
        Matrix deltaOfSecond = Matrix.create(Precision.FLOAT64, 5, 4);
        double value = LossesTest.evaluate(both, p, y, delta);
        double valueOfFirst = LossesTest.evaluate(first, part(p, 0, 2), part(y, 0, 2), deltaOfFirst);
        double valueOfSecond = LossesTest.evaluate(second, part(p, 2, 6), part(y, 2, 4), deltaOfSecond);
        Golden.assertClose("value", value, 3 * valueOfFirst + 0.25 * valueOfSecond, 1e-15, 0);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 6; j++) {
                double alone = j < 2 ? 3 * deltaOfFirst.get(i, j) : 0.25 * deltaOfSecond.get(i, j - 2);
                Golden.assertClose("slope", delta.get(i, j), alone, 1e-15, 0.01);
            }
        }
    }

    @Test
    void aHeadThatWeighsNothingStillHasToBeFinite() {
        Loss squared = new Loss.SquaredError(Reduction.MEAN, 1);
        Loss loss = new Loss.WeightedSum(List.of(new LossTerm(squared, 0, 3), new LossTerm(squared, 1, 3)));
        double[][] p = new double[1][6];
        p[0][0] = NAN;
        Matrix delta = Matrix.create(Precision.FLOAT64, 1, 6);
        assertThat(LossesTest.evaluate(loss, p, new double[1][6], delta)).isNaN();
    }

    @Test
    void everyHeadSaysWhatItsOutputsStandFor() {
        double[][] p = {{7, 0, 0, 0, 0, 5, StrictMath.log(9), 0, StrictMath.log(3), 1, 2, 0, StrictMath.log(2)}};
        Loss loss = new Loss.WeightedSum(List.of(
                new LossTerm(new Loss.SquaredError(Reduction.MEAN, 1), 1, 1),
                new LossTerm(new Loss.BinaryCrossEntropy(Reduction.MEAN, 1), 1, 1),
                new LossTerm(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), 1, 3),
                new LossTerm(new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1), 1, 2),
                new LossTerm(new Loss.MixtureDensity(2, Reduction.MEAN, 1), 1, 6)));
        Matrix parameters = Matrix.create(Precision.FLOAT64, 1, 13);
        new Objective(loss, Precision.FLOAT64).probabilities(Matrix.of(Precision.FLOAT64, p), parameters);
        double third = 1.0 / 3;
        double[][] expected = {{7, 0.5, third, third, third, 5, 3, 0.25, 0.75, 1, 2, 1, 2}};
        Golden.assertClose("parameters", parameters.toRows(), expected, 1e-15, 1);
    }

    /// After the first batch of the largest size, smaller ones included.
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aStepAllocatesNothing(Precision precision) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LossSamples.all().forEach(loss -> {
            NumpyRandom random = new NumpyRandom(4);
            Matrix p = Matrix.of(precision, LossSamples.outputs(40, random));
            Matrix y = Matrix.of(precision, LossSamples.targets(loss, 40, random));
            Matrix delta = Matrix.create(precision, 40, LossSamples.OUTPUTS);
            Matrix weights = Matrix.create(precision, 40, 1);
            Objective objective = new Objective(loss, precision);
            LossSum sum = objective.sum();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 1000 && least > 0; round++) { // vectors are boxed until they are compiled
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < 200; step++) {
                    int rows = step % 2 == 0 ? 40 : 17;
                    p.resize(rows);
                    y.resize(rows);
                    delta.resize(rows);
                    weights.resize(rows);
                    objective.evaluate(p, y, step % 4 < 2 ? null : weights, delta);
                    sum.clear();
                    sum.add(p, y, null);
                    sum.value();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes of 200 steps of %s", loss).isZero();
        });
    }

    private static Loss weightedClasses(Reduction reduction) {
        return new Loss.SoftmaxCrossEntropy(0.1, List.of(0.5, 2.0, 1.0, 0.0, 1.5, 3.0), reduction, 1);
    }

    private static double evaluate(Loss loss, Precision precision, double[][] p, Matrix delta) {
        double[][] y = LossSamples.targets(loss, p.length, new NumpyRandom(2));
        return new Objective(loss, precision).evaluate(Matrix.of(precision, p), Matrix.of(precision, y), null, delta);
    }

    private static double[][] part(double[][] rows, int from, int to) {
        double[][] part = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            part[i] = Arrays.copyOfRange(rows[i], from, to);
        }
        return part;
    }
}
