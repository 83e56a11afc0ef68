package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.matrix;
import static dev.descent.conformance.ReferenceNumbers.oneHot;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Losses and their gradients.
final class LossTasks {

    private static final String FILE = "losses.json";

    /// A few operations on numbers near 1.
    private static final double DIGITS = 13;

    private static final double GRADIENT_FLOOR = 0.01;

    private LossTasks() {}

    static List<Task> all() {
        JsonNode reference = ReferenceNumbers.read(FILE);
        double[][] p = matrix(reference.get("p"));
        List<Task> tasks = new ArrayList<>();
        reference.get("losses").forEachEntry((name, expected) -> {
            double[][] targets = targets(name, reference);
            tasks.add(task(name, loss(name), p, targets, expected.get("value"), matrix(expected.get("gradient"))));
        });
        JsonNode gaussian = reference.get("gaussianNegativeLogLikelihood");
        tasks.add(task(
                "gaussianNegativeLogLikelihood",
                new Loss.GaussianNegativeLogLikelihood(Reduction.MEAN, 1),
                beside(matrix(gaussian.get("mean")), matrix(gaussian.get("logVariance"))),
                matrix(gaussian.get("target")),
                gaussian.get("value"),
                beside(matrix(gaussian.get("gradientMean")), matrix(gaussian.get("gradientLogVariance")))));
        JsonNode mixture = reference.get("mixtureDensityNegativeLogLikelihood");
        tasks.add(task(
                "mixtureDensity(3)",
                new Loss.MixtureDensity(3, Reduction.MEAN, 1),
                matrix(mixture.get("raw")),
                matrix(mixture.get("target")),
                mixture.get("value"),
                matrix(mixture.get("gradient"))));
        return tasks;
    }

    private static Task task(
            String name, Loss loss, double[][] outputs, double[][] targets, JsonNode value, double[][] gradient) {
        return new Task("loss/" + name, FILE, "value and gradient of " + name, "PyTorch", (parts, goesOn) -> {
            Matrix delta = Matrix.create(Precision.FLOAT64, outputs.length, outputs[0].length);
            double found = new Objective(loss, Precision.FLOAT64)
                    .evaluate(
                            Matrix.of(Precision.FLOAT64, outputs), Matrix.of(Precision.FLOAT64, targets), null, delta);
            parts.add("value", DIGITS, 0).compare("J", found, value);
            parts.add("gradient", DIGITS, GRADIENT_FLOOR).compare("dJ/dp", delta.toRows(), gradient);
        });
    }

    private static Loss loss(String name) {
        Reduction reduction = name.endsWith("/mean") ? Reduction.MEAN : Reduction.SUM;
        return switch (name.substring(0, name.indexOf('/'))) {
            case "squared_error" -> new Loss.SquaredError(reduction, 1);
            case "absolute_error" -> new Loss.AbsoluteError(reduction, 1);
            case "huber(1.0)" -> new Loss.Huber(1, reduction, 1);
            case "binary_cross_entropy_with_logits" -> new Loss.BinaryCrossEntropy(reduction, 1);
            case "softmax_cross_entropy" -> new Loss.SoftmaxCrossEntropy(reduction, 1);
            case "softmax_cross_entropy(label_smoothing=0.1)" -> new Loss.SoftmaxCrossEntropy(0.1, null, reduction, 1);
            case "softmax_cross_entropy(class_weights=[0.5,2,1])" ->
                new Loss.SoftmaxCrossEntropy(0, List.of(0.5, 2.0, 1.0), reduction, 1);
            default -> throw new IllegalStateException("a loss that nobody translates: " + name);
        };
    }

    private static double[][] targets(String name, JsonNode reference) {
        return switch (name) {
            case String classes when classes.startsWith("softmax") -> oneHot(reference.get("labels"), 3);
            case String binary when binary.startsWith("binary") -> matrix(reference.get("binaryTargets"));
            default -> matrix(reference.get("y"));
        };
    }

    private static double[][] beside(double[][] left, double[][] right) {
        double[][] both = new double[left.length][];
        for (int i = 0; i < both.length; i++) {
            both[i] = new double[] {left[i][0], right[i][0]};
        }
        return both;
    }
}
