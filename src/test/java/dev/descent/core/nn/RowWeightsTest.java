package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowWeightsTest {

    static Stream<Loss> losses() {
        return LossSamples.all();
    }

    /// Rows 0, 1, 2 with weights 2, 0, 1 are the rows 0, 0, 2.
    @ParameterizedTest
    @MethodSource("losses")
    void weightTwoIsTheRowTwiceAndZeroIsNoRow(Loss loss) {
        for (Precision precision : Precision.values()) {
            double tolerance = precision == Precision.FLOAT64 ? 1e-15 : 1e-6;
            double[][] p = rows(1);
            double[][] y = LossSamples.targets(loss, 3, new NumpyRandom(5));
            Result weighted = evaluate(loss, precision, p, y, new double[][] {{2}, {0}, {1}});
            Result repeated = evaluate(
                    loss, precision, new double[][] {p[0], p[0], p[2]}, new double[][] {y[0], y[0], y[2]}, null);
            Golden.assertClose("value", weighted.value, repeated.value, tolerance, 0.1);
            for (int j = 0; j < LossSamples.OUTPUTS; j++) {
                double twice = repeated.gradient[0][j] + repeated.gradient[1][j];
                Golden.assertClose("row twice", weighted.gradient[0][j], twice, tolerance, 0.1);
                assertThat(weighted.gradient[1][j]).isZero();
                Golden.assertClose("row once", weighted.gradient[2][j], repeated.gradient[2][j], tolerance, 0.1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void weightsOfOneChangeNothing(Loss loss) {
        double[][] p = rows(2);
        double[][] y = LossSamples.targets(loss, 3, new NumpyRandom(5));
        Result plain = evaluate(loss, Precision.FLOAT64, p, y, null);
        Result weighted = evaluate(loss, Precision.FLOAT64, p, y, new double[][] {{1}, {1}, {1}});
        Golden.assertClose("value", weighted.value, plain.value, 1e-15, 0.1);
        Golden.assertClose("gradient", weighted.gradient, plain.gradient, 1e-15, 0.1);
    }

    /// Also where its loss is infinite or no number.
    @ParameterizedTest
    @MethodSource("losses")
    void aRowOfWeightZeroCountsForNothingWhateverItsLoss(Loss loss) {
        double[][] y = LossSamples.targets(loss, 3, new NumpyRandom(5));
        double[][] weights = {{2}, {0}, {1}};
        for (Precision precision : Precision.values()) {
            Result expected = evaluate(loss, precision, rows(6), y, weights);
            for (double strange : new double[] {Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN}) {
                double[][] p = rows(6);
                Arrays.fill(p[1], strange);
                Result result = evaluate(loss, precision, p, y, weights);
                assertThat(result.value).isEqualTo(expected.value);
                assertThat(result.gradient).isDeepEqualTo(expected.gradient);
                assertThat(result.gradient[1]).containsOnly(0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void rowsWithoutAnyWeightHaveNoLossAndNoGradient(Loss loss) {
        double[][] none = {{0}, {0}, {0}};
        Result result =
                evaluate(loss, Precision.FLOAT64, rows(3), LossSamples.targets(loss, 3, new NumpyRandom(5)), none);
        assertThat(result.value).isZero();
        assertThat(result.gradient).isDeepEqualTo(new double[3][LossSamples.OUTPUTS]);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void chunksChangeNoBitOfASum(Loss loss) {
        Objective objective = new Objective(loss, Precision.FLOAT64);
        double[][] p = rows(4);
        double[][] y = LossSamples.targets(loss, 3, new NumpyRandom(5));
        double[][] weights = {{0.3}, {1.7}, {0.9}};
        LossSum sum = objective.sum();
        sum.add(matrix(p), matrix(y), matrix(weights));
        double whole = sum.value();
        sum.clear();
        for (int i = 0; i < 3; i++) {
            sum.add(matrix(List.of(p[i])), matrix(List.of(y[i])), matrix(List.of(weights[i])));
        }
        assertThat(sum.value()).isEqualTo(whole);
        assertThat(whole).isEqualTo(evaluate(loss, Precision.FLOAT64, p, y, weights).value);
    }

    private record Result(double value, double[][] gradient) {}

    private static Result evaluate(Loss loss, Precision precision, double[][] p, double[][] y, double[][] weights) {
        Matrix delta = Matrix.create(precision, p.length, LossSamples.OUTPUTS);
        double value = new Objective(loss, precision)
                .evaluate(
                        Matrix.of(precision, p),
                        Matrix.of(precision, y),
                        weights == null ? null : Matrix.of(precision, weights),
                        delta);
        return new Result(value, delta.toRows());
    }

    private static double[][] rows(long seed) {
        return LossSamples.outputs(3, new NumpyRandom(seed));
    }

    private static Matrix matrix(List<double[]> rows) {
        return matrix(rows.toArray(double[][]::new));
    }

    private static Matrix matrix(double[][] rows) {
        return Matrix.of(Precision.FLOAT64, rows);
    }
}
