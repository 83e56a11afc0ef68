package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Predictions of models that predict a distribution, on the target's own scale: y = 100 + 5 out.
class DistributionsTest {

    private static final double LOG_2 = StrictMath.log(2);
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    /// Mean 3 x, standard deviation 2.
    @Test
    void aGaussianSaysMeanAndStandardDeviation() {
        Loss loss = new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1);
        Prediction prediction = predict(loss, new double[][] {{3}, {0}}, new double[] {0, 2 * LOG_2});
        assertThat(prediction.value()).isCloseTo(100 + 5 * 3 * 0.5, ROUNDING);
        assertThat(prediction.standardDeviation()).isCloseTo(10.0, ROUNDING);
        assertThat(prediction.components()).isNull();
        assertThat(prediction.inputGradients()).isEqualTo(Map.of("x", 15.0));
    }

    /// Two components of weight 1/2 with means 1 + x and -1 + x and standard deviations 1: mean x, variance 2.
    @Test
    void aMixtureSaysItsMeanAndItsComponents() {
        Loss loss = new Loss.MixtureDensity(2, Reduction.MEAN, 1);
        Prediction prediction =
                predict(loss, new double[][] {{0}, {0}, {1}, {1}, {0}, {0}}, new double[] {0, 0, 1, -1, 0, 0});
        assertThat(prediction.value()).isCloseTo(102.5, ROUNDING);
        assertThat(prediction.standardDeviation()).isCloseTo(5 * StrictMath.sqrt(2), ROUNDING);
        assertThat(prediction.components())
                .containsExactly(new Forecast.Component(0.5, 107.5, 5), new Forecast.Component(0.5, 97.5, 5));
        assertThat((Double) prediction.inputGradients().get("x")).isCloseTo(5.0, ROUNDING);
    }

    private static Prediction predict(Loss loss, double[][] weights, double[] biases) {
        NetworkSpec spec = new NetworkSpec(
                1,
                List.of(new LayerSpec.Dense(
                        biases.length,
                        new Activation.Identity(),
                        true,
                        new Initializer.Zeros(),
                        new Initializer.Zeros())));
        ModelDescription description = new Specimens.Unweighted(
                        spec,
                        new Encoding(List.of(Heading.numeric("x"))),
                        FittedScaling.identity(1),
                        Target.value(Heading.numeric("y")),
                        new FittedScaling(new double[] {100}, new double[] {5}),
                        loss)
                .described(Precision.FLOAT64, "0".repeat(64));
        try (Network network = Network.create(spec, Precision.FLOAT64, 1, 1)) {
            network.load(List.of(new LayerWeights(weights, biases)));
            Predictor predictor = new Predictor(
                    new LoadedModel(description, network), 1, Set.of(Include.INPUT_GRADIENTS), (row, message) -> {
                        throw new AssertionError(message);
                    });
            return predictor.predict(new double[][] {{0.5}}, 1).getFirst();
        }
    }
}
