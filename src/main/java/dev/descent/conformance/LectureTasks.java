package dev.descent.conformance;

import static dev.descent.conformance.Runs.dense;
import static dev.descent.conformance.Runs.one;

import dev.descent.core.data.Generator;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// The line through a blob, and the Legendre unit on a sine.
final class LectureTasks {

    private static final String REGRESSION = "regression.json";
    private static final String LEGENDRE = "legendre.json";

    /// Sums in another order: over thousands of steps the last digits part, the first nine do not.
    private static final double DIGITS = 9;

    /// What PyTorch printed it had computed in binary32.
    private static final double SINGLE = 5;

    private LectureTasks() {}

    static List<Task> all() {
        JsonNode line = ReferenceNumbers.read(REGRESSION);
        JsonNode legendre = ReferenceNumbers.read(LEGENDRE);
        return List.of(
                new Task("regression/points", REGRESSION, "the points of the blob", "scikit-learn", (parts, goesOn) -> {
                    TrainingData data = Runs.data(Generator.Regression.DEFAULT, Precision.FLOAT64);
                    Matrix x = data.training().inputs();
                    Matrix y = data.training().targets();
                    double[][] points = new double[x.rows()][];
                    for (int i = 0; i < points.length; i++) {
                        points[i] = new double[] {x.get(i, 0), y.get(i, 0)};
                    }
                    parts.add("points", 15, 0).compare("point", points, ReferenceNumbers.matrix(line.get("points")));
                }),
                new Task(
                        "regression/line",
                        REGRESSION,
                        "1,000 steps of the line through the blob",
                        "NumPy",
                        (parts, goesOn) -> line(parts.add("errors and parameters", DIGITS, 0), line, goesOn)),
                new Task(
                        "legendre/float64",
                        LEGENDRE,
                        "2,000 steps of y = a + b P3(c + d x) towards a sine",
                        "NumPy",
                        (parts, goesOn) -> legendre(parts, legendre, goesOn)),
                new Task(
                        "legendre/float32",
                        LEGENDRE,
                        "the same in float32, as PyTorch printed it",
                        "lecture",
                        (parts, goesOn) -> {
                            Numbers losses = parts.add("losses", SINGLE, 0);
                            try (Trainer trainer = legendre(Precision.FLOAT32)) {
                                losses(trainer, losses, legendre.get("printedByTorchFloat32"), goesOn);
                            }
                        }));
    }

    private static void line(Numbers numbers, JsonNode reference, BooleanSupplier goesOn) {
        TrainingSpec spec = Runs.descent(
                List.of(dense(1, new Activation.Identity())),
                null,
                new Loss.SquaredError(Reduction.SUM, 0.5),
                0.0001,
                1000,
                Precision.FLOAT64);
        TrainingData data = Runs.data(Generator.Regression.DEFAULT, Precision.FLOAT64);
        double halfSumToMean = 2.0 / data.rows();
        try (Trainer trainer = Trainer.start(spec, data)) {
            Runs.run(trainer, goesOn, step -> {
                if (step.index() == 0) {
                    numbers.compare(
                            "mean squared error before the first step",
                            step.batchLoss() * halfSumToMean,
                            reference.get("startMeanSquaredError"));
                }
            });
            LayerWeights line = trainer.network().weights().getFirst();
            numbers.compare(
                    "mean squared error at the end",
                    trainer.trainingLoss() * halfSumToMean,
                    reference.get("endMeanSquaredError"));
            numbers.compare("slope", Objects.requireNonNull(line.weights())[0][0], reference.get("slope"));
            numbers.compare("intercept", Objects.requireNonNull(line.biases())[0], reference.get("intercept"));
        }
    }

    private static Trainer legendre(Precision precision) {
        LayerSpec unit = dense(1, new Activation.Polynomial(List.of(0.0, -1.5, 0.0, 2.5)));
        TrainingSpec spec = Runs.descent(
                List.of(unit, dense(1, new Activation.Identity())),
                List.of(one(0.3, 0), one(-1, 0)),
                new Loss.SquaredError(Reduction.SUM, 1),
                5e-6,
                2000,
                precision);
        return Trainer.start(spec, Runs.data(Generator.Sine.DEFAULT, precision));
    }

    private static void legendre(Task.Parts parts, JsonNode reference, BooleanSupplier goesOn) {
        Numbers losses = parts.add("losses", DIGITS, 0);
        Numbers parameters = parts.add("b and d at the end", DIGITS, 0);
        Numbers zeros = parts.add("a and c at the end", DIGITS, 1);
        try (Trainer trainer = legendre(Precision.FLOAT64)) {
            losses(trainer, losses, reference.get("lossAtStep"), goesOn);
            List<LayerWeights> weights = trainer.network().weights();
            JsonNode last = reference.get("final");
            parameters.compare("b", Objects.requireNonNull(weights.get(1).weights())[0][0], last.get("b"));
            parameters.compare("d", Objects.requireNonNull(weights.get(0).weights())[0][0], last.get("d"));
            zeros.compare("a", Objects.requireNonNull(weights.get(1).biases())[0], last.get("a"));
            zeros.compare("c", Objects.requireNonNull(weights.get(0).biases())[0], last.get("c"));
        }
    }

    private static void losses(Trainer trainer, Numbers numbers, JsonNode expected, BooleanSupplier goesOn) {
        Runs.run(trainer, goesOn, step -> {
            JsonNode known = expected.get(String.valueOf(step.index()));
            if (known != null) {
                numbers.compare("loss before step " + step.index(), step.batchLoss(), known);
            }
        });
    }
}
