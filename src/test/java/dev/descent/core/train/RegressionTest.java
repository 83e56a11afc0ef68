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
import tools.jackson.databind.JsonNode;

class RegressionTest {

    /// The line's own sums run row by row as ours do, but without fused multiply-adds.
    private static final double TOLERANCE = 1e-9;

    @Test
    void theLineThroughTheBlobHasTheLecturesNumbers() {
        JsonNode golden = Golden.read("regression.json");
        int points = golden.get("points").size();
        double[] first = new double[1];
        try (Trainer trainer = Trainer.start(spec(), data(golden))) {
            trainer.run(step -> {
                first[0] = step.index() == 0 ? step.batchLoss() : first[0];
            });
            LayerWeights line = trainer.network().weights().getFirst();
            double halfSumToMean = 2.0 / points;
            close("start", first[0] * halfSumToMean, golden.get("startMeanSquaredError"));
            close("end", trainer.trainingLoss() * halfSumToMean, golden.get("endMeanSquaredError"));
            close("slope", line.weights()[0][0], golden.get("slope"));
            close("intercept", line.biases()[0], golden.get("intercept"));
        }
    }

    static TrainingSpec spec() {
        Initializer zeros = new Initializer.Zeros();
        return new TrainingSpec(
                new NetworkSpec(1, List.of(new LayerSpec.Dense(1, new Activation.Identity(), true, zeros, zeros))),
                null,
                new Loss.SquaredError(Reduction.SUM, 0.5),
                new Optimizer.Sgd(0.0001, 0),
                new Batches.Full(),
                new Length.Steps(1000),
                Precision.FLOAT64,
                0,
                1,
                0);
    }

    static TrainingData data(JsonNode golden) {
        double[][] points = Golden.matrix(golden.get("points"));
        double[][] x = new double[points.length][];
        double[][] y = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            x[i] = new double[] {points[i][0]};
            y[i] = new double[] {points[i][1]};
        }
        return new TrainingData(Matrix.of(Precision.FLOAT64, x), Matrix.of(Precision.FLOAT64, y), null, null);
    }

    private static void close(String what, double found, JsonNode expected) {
        Golden.assertClose(what, found, expected.doubleValue(), TOLERANCE, 0);
    }
}
