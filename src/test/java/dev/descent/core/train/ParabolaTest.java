package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The lecture notebook's parabola, each way it is descended.
class ParabolaTest {

    /// NumPy sums a product in another order; over 9010 steps the last digits part, the first nine do not.
    private static final double TOLERANCE = 1e-9;

    /// A gradient near a minimum is a mean of terms up to about 100 that cancel; their rounding leaves some 1e-15 of
    /// it,
    /// which no other order of summation could reproduce. Under the floor, 1e-13 absolute is asked instead.
    private static final double GRADIENT_FLOOR = 1e-4;

    static List<JsonNode> runs() {
        List<JsonNode> runs = new ArrayList<>();
        Golden.read("parabola.json").get("runs").forEach(runs::add);
        assertThat(runs).hasSize(6);
        return runs;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void everyRecordedNumberComesOut(JsonNode run) {
        TrainingSpec spec = spec(run);
        Map<Long, JsonNode> samples = new HashMap<>();
        run.get("gradientsAtStep")
                .forEach(sample -> samples.put(sample.get("step").longValue(), sample));
        int[] checked = new int[2];
        try (Trainer trainer = Trainer.start(spec, data(100))) {
            assertWeights("initial", trainer.network().weights(), run.get("initialWeights"), 1e-15, 0);
            Outcome outcome = trainer.run(step -> {
                JsonNode error = run.get("errorBeforeStep").get(String.valueOf(step.index()));
                if (error != null) {
                    Golden.assertClose("error " + step.index(), step.datasetLoss(), error.doubleValue(), TOLERANCE, 0);
                    checked[0]++;
                }
                JsonNode sample = samples.get(step.index());
                if (sample != null) {
                    assertWeights(
                            "gradient " + step.index(),
                            step.network().gradients(),
                            sample.get("gradients"),
                            TOLERANCE,
                            GRADIENT_FLOOR);
                    checked[1]++;
                }
            });
            assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
            assertThat(checked).containsExactly(run.get("errorBeforeStep").size(), samples.size());
            assertWeights("final", trainer.network().weights(), run.get("finalWeights"), TOLERANCE, 0);
        }
    }

    private static void assertWeights(
            String what, List<LayerWeights> found, JsonNode expected, double tolerance, double floor) {
        assertThat(found).hasSize(expected.size());
        for (int l = 0; l < found.size(); l++) {
            Golden.assertClose(
                    what + " W" + (l + 1),
                    found.get(l).weights(),
                    Golden.matrix(expected.get(String.valueOf(l + 1))),
                    tolerance,
                    floor);
        }
    }

    static TrainingSpec spec(JsonNode run) {
        JsonNode widths = run.get("layers");
        Activation hidden =
                run.get("activation").stringValue().equals("relu") ? new Activation.Relu() : new Activation.Tanh();
        List<LayerSpec> layers = new ArrayList<>();
        for (int l = 1; l < widths.size(); l++) {
            layers.add(new LayerSpec.Dense(
                    widths.get(l).intValue(),
                    l < widths.size() - 1 ? hidden : new Activation.Identity(),
                    false,
                    new Initializer.ScaledNormal(),
                    new Initializer.Zeros()));
        }
        Batches batches = switch (run.get("descent").stringValue()) {
            case "batch" -> new Batches.Full();
            case "sgd" -> new Batches.Sampled(1);
            default -> new Batches.Sampled(20);
        };
        return new TrainingSpec(
                new NetworkSpec(widths.get(0).intValue(), layers),
                null,
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                new Optimizer.Sgd(run.get("learningRate").doubleValue(), 0),
                batches,
                new Length.Steps(run.get("steps").longValue()),
                Precision.FLOAT64,
                run.get("weightSeed").longValue(),
                1,
                1);
    }

    /// `y = x^2 + 0.1 randn` on `linspace(-10, 10, rows)`, inputs (1, x).
    static TrainingData data(int rows) {
        NumpyRandom random = new NumpyRandom(100);
        double[][] inputs = new double[rows][];
        double[][] targets = new double[rows][];
        double spacing = 20.0 / (rows - 1);
        for (int i = 0; i < rows; i++) {
            double x = i == rows - 1 ? 10 : i * spacing - 10;
            inputs[i] = new double[] {1, x};
            targets[i] = new double[] {x * x + 0.1 * random.randn()};
        }
        return new TrainingData(
                Matrix.of(Precision.FLOAT64, inputs), Matrix.of(Precision.FLOAT64, targets), null, null);
    }
}
