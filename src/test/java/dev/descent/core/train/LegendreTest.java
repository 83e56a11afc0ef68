package dev.descent.core.train;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The lecture's Legendre unit, `y = a + b P3(c + d x)`, fitted to a sine: a dense layer of one unit with a polynomial
/// activation, and one with none.
class LegendreTest {

    private static final int ROWS = 2000;
    private static final Initializer ZEROS = new Initializer.Zeros();

    static TrainingSpec spec(Precision precision) {
        Activation legendre = new Activation.Polynomial(List.of(0.0, -1.5, 0.0, 2.5));
        return new TrainingSpec(
                new NetworkSpec(
                        1,
                        List.of(
                                new LayerSpec.Dense(1, legendre, true, ZEROS, ZEROS),
                                new LayerSpec.Dense(1, new Activation.Identity(), true, ZEROS, ZEROS))),
                List.of(
                        new LayerWeights(new double[][] {{0.3}}, new double[] {0}),
                        new LayerWeights(new double[][] {{-1}}, new double[] {0})),
                new Loss.SquaredError(Reduction.SUM, 1),
                new Optimizer.Sgd(5e-6, 0),
                new Batches.Full(),
                new Length.Steps(2000),
                precision,
                0,
                1,
                0);
    }

    static TrainingData data(Precision precision) {
        Matrix x = Matrix.create(precision, ROWS, 1);
        Matrix y = Matrix.create(precision, ROWS, 1);
        double step = 2 * StrictMath.PI / (ROWS - 1);
        for (int i = 0; i < ROWS; i++) {
            double at = i == ROWS - 1 ? StrictMath.PI : i * step - StrictMath.PI; // as NumPy's linspace
            x.set(i, 0, at);
            y.set(i, 0, StrictMath.sin(at));
        }
        return new TrainingData(x, y, null, null);
    }

    @Test
    void everyPrintedLossAndTheFinalWeightsComeOut() {
        JsonNode golden = Golden.read("legendre.json");
        double[] losses = new double[2000];
        try (Trainer trainer = Trainer.start(spec(Precision.FLOAT64), data(Precision.FLOAT64))) {
            trainer.run(step -> {
                losses[(int) step.index()] = step.batchLoss();
            });
            golden.get("lossAtStep")
                    .properties()
                    .forEach(entry -> Golden.assertClose(
                            "loss at step " + entry.getKey(),
                            losses[Integer.parseInt(entry.getKey())],
                            entry.getValue().doubleValue(),
                            1e-9,
                            0));
            List<LayerWeights> weights = trainer.network().weights();
            JsonNode last = golden.get("final");
            // a and c are 0 but for the rounding of 2000 sums that cancel
            Golden.assertClose("a", weights.get(1).biases()[0], 0, 1e-9, 1);
            Golden.assertClose(
                    "b", weights.get(1).weights()[0][0], last.get("b").doubleValue(), 1e-9, 0);
            Golden.assertClose("c", weights.get(0).biases()[0], 0, 1e-9, 1);
            Golden.assertClose(
                    "d", weights.get(0).weights()[0][0], last.get("d").doubleValue(), 1e-9, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 999, 1999})
    void singlePrecisionMeetsWhatPyTorchPrinted(int step) {
        double printed = Golden.read("legendre.json")
                .get("printedByTorchFloat32")
                .get(Integer.toString(step))
                .doubleValue();
        double[] loss = new double[1];
        try (Trainer trainer = Trainer.start(spec(Precision.FLOAT32), data(Precision.FLOAT32))) {
            trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step at) {
                    loss[0] = at.batchLoss();
                }

                @Override
                public boolean afterStep(long steps) {
                    return steps <= step;
                }
            });
        }
        Golden.assertClose("loss at step " + step, loss[0], printed, 1e-5, 0);
    }
}
