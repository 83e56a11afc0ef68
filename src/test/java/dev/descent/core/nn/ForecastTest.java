package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForecastTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-14);

    @Test
    void aDifferencesForecastIsTheOutput() {
        assertThat(forecast(new Loss.Huber(1, Reduction.MEAN, 1), 7)).isEqualTo(new Forecast(7, null, List.of()));
    }

    @Test
    void gaussianOutputsAreMeanAndLogVariance() {
        Forecast forecast = forecast(gaussian(), 3, StrictMath.log(16));
        assertThat(forecast.mean()).isEqualTo(3);
        assertThat(forecast.standardDeviation()).isCloseTo(4.0, ROUNDING);
        assertThat(forecast(new Loss.WeightedSum(List.of(new LossTerm(gaussian(), 2, 2))), 3, StrictMath.log(16)))
                .isEqualTo(forecast);
    }

    /// Weights 1/4 and 3/4, means -2 and 2, deviations 1 and 3: mean 1, variance 1/4 (1 + 9) + 3/4 (9 + 1) = 10.
    @Test
    void aMixtureHasTheMomentsOfAllItsComponents() {
        Forecast forecast = forecast(mixture(), 0, StrictMath.log(3), -2, 2, 0, StrictMath.log(3));
        assertThat(forecast.mean()).isCloseTo(1, ROUNDING);
        assertThat(forecast.standardDeviation()).isCloseTo(StrictMath.sqrt(10), ROUNDING);
        assertThat(forecast.components()).hasSize(2);
        assertThat(forecast.components().getFirst().weight()).isCloseTo(0.25, ROUNDING);
        assertThat(forecast.components().getLast().standardDeviation()).isCloseTo(3, ROUNDING);
    }

    @Test
    void unscalingMovesMeansAndStretchesDeviations() {
        Forecast scaled = new Forecast(2, 3.0, List.of(new Forecast.Component(1, 2, 3)));
        assertThat(scaled.unscaled(10, -2)).isEqualTo(new Forecast(6, 6.0, List.of(new Forecast.Component(1, 6, 6))));
    }

    @Test
    void classesAndSeveralHeadsAreNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecast(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), 1, 2));
        LossTerm term = new LossTerm(new Loss.SquaredError(Reduction.MEAN, 1), 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecast(new Loss.WeightedSum(List.of(term, term)), 1, 2));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                Arguments.of(new Loss.AbsoluteError(Reduction.MEAN, 1), new double[] {0.3}),
                Arguments.of(new Loss.BinaryCrossEntropy(Reduction.MEAN, 1), new double[] {0.3}),
                Arguments.of(gaussian(), new double[] {0.3, -0.2}),
                Arguments.of(mixture(), new double[] {0.3, -0.2, 1.5, -0.7, 0.1, 0.4}),
                Arguments.of(
                        new Loss.WeightedSum(List.of(new LossTerm(mixture(), 1, 6))),
                        new double[] {0.3, -0.2, 1.5, -0.7, 0.1, 0.4}));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void slopesOfTheMeanAreThoseOfCentralDifferences(Loss loss, double[] output) {
        Matrix slopes = Matrix.create(Precision.FLOAT64, 1, output.length);
        Forecast.slopes(loss, parameters(loss, output), 0, slopes);
        double h = 1e-5;
        for (int j = 0; j < output.length; j++) {
            double[] above = output.clone();
            double[] below = output.clone();
            above[j] += h;
            below[j] -= h;
            double difference =
                    (forecast(loss, above).mean() - forecast(loss, below).mean()) / (2 * h);
            Golden.assertClose("slope " + j, slopes.get(0, j), difference, 1e-9, 1);
        }
    }

    private static Loss gaussian() {
        return new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1);
    }

    private static Loss mixture() {
        return new Loss.MixtureDensity(2, Reduction.MEAN, 1);
    }

    private static Forecast forecast(Loss loss, double... output) {
        return Forecast.of(loss, parameters(loss, output), 0);
    }

    private static Matrix parameters(Loss loss, double... output) {
        Matrix parameters = Matrix.create(Precision.FLOAT64, 1, output.length);
        new Objective(loss, Precision.FLOAT64)
                .probabilities(Matrix.of(Precision.FLOAT64, new double[][] {output}), parameters);
        return parameters;
    }
}
