package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.matrix;
import static dev.descent.conformance.ReferenceNumbers.oneHot;
import static dev.descent.conformance.ReferenceNumbers.vector;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.GradientCheck;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Whole passes through a 4-5-3 network with softmax cross-entropy, batch normalisation, and what lectures print.
final class NetworkTasks {

    private static final String FILE = "network.json";
    private static final String SMALL = "small.json";
    private static final double DIGITS = 12;

    /// Smaller entries are differences of numbers near 1.
    private static final double FLOOR = 0.05;

    /// What central differences can give: rounding leaves about 1e-11 of the loss in the quotient.
    private static final double DIFFERENCE_DIGITS = 7;

    private static final Initializer ZEROS = new Initializer.Zeros();

    private NetworkTasks() {}

    static List<Task> all() {
        JsonNode reference = ReferenceNumbers.read(FILE);
        List<Task> tasks = new ArrayList<>();
        for (Activation activation : List.of(new Activation.Relu(), new Activation.Tanh(), new Activation.Sigmoid())) {
            String name = activation.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            tasks.add(new Task(
                    "network/" + name,
                    FILE,
                    "every number of a pass forwards and backwards, " + name + " and softmax cross-entropy",
                    "PyTorch",
                    (parts, goesOn) -> pass(parts, activation, reference, reference.get(name))));
        }
        tasks.add(new Task(
                "network/batchNorm", FILE, "batch normalisation forwards and backwards", "PyTorch", (parts, goesOn) -> {
                    normalization(parts, reference.get("X"), reference.get("batchNorm"));
                }));
        JsonNode small = ReferenceNumbers.read(SMALL);
        tasks.add(new Task(
                "small/neuron",
                SMALL,
                "one ReLU unit",
                "lecture",
                (parts, goesOn) -> neuron(parts.add("outputs", Digits.EXACT, 0), small.get("neuron"))));
        tasks.add(new Task(
                "small/softmax",
                SMALL,
                "softmax of (1, 2, 3)",
                "lecture",
                (parts, goesOn) -> softmax(parts.add("probabilities", 15, 0), small.get("softmax"))));
        tasks.add(new Task(
                "small/weightCount",
                SMALL,
                "how many weights a network has",
                "lecture",
                (parts, goesOn) -> count(parts.add("counts", Digits.EXACT, 0), small.get("weightCount"))));
        return tasks;
    }

    private static LayerSpec dense(int units, Activation activation, boolean bias) {
        return new LayerSpec.Dense(units, activation, bias, ZEROS, ZEROS);
    }

    private static void pass(Task.Parts parts, Activation activation, JsonNode given, JsonNode expected) {
        var spec = new NetworkSpec(4, List.of(dense(5, activation, true), dense(3, new Activation.Identity(), true)));
        try (Network network = Network.create(spec, Precision.FLOAT64, 6, 1)) {
            network.load(List.of(
                    new LayerWeights(matrix(given.get("W1")), vector(given.get("b1"))),
                    new LayerWeights(matrix(given.get("W2")), vector(given.get("b2")))));
            var objective = new Objective(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), Precision.FLOAT64);
            Matrix x = Matrix.of(Precision.FLOAT64, matrix(given.get("X")));
            Matrix targets = Matrix.of(Precision.FLOAT64, oneHot(given.get("labels"), 3));
            Matrix logits = network.forwardTraining(x, new NumpyRandom(0));
            double loss = objective.evaluate(logits, targets, null, network.outputGradient());
            network.backward();
            Matrix probabilities = Matrix.create(Precision.FLOAT64, 6, 3);
            objective.probabilities(logits, probabilities);
            Layer hidden = network.layers().get(0);
            Layer output = network.layers().get(1);

            parts.add("loss", DIGITS, 0).compare("J", loss, expected.get("loss"));
            Numbers forward = parts.add("forwards", DIGITS, FLOOR);
            forward.compareMatrix("z", hidden.preActivation(), expected.get("z"));
            forward.compareMatrix("h", hidden.activation(), expected.get("h"));
            forward.compareMatrix("logits", output.preActivation(), expected.get("logits"));
            forward.compareMatrix("probabilities", probabilities, expected.get("probabilities"));
            Numbers backward = parts.add("backwards", DIGITS, FLOOR);
            backward.compareMatrix("delta2", output.delta(), expected.get("delta2"));
            backward.compareMatrix("delta1", hidden.delta(), expected.get("delta1"));
            backward.compareMatrix("dx", network.inputGradient(), expected.get("dx"));
            weights(backward, network.gradients(), expected);
            weights(
                    parts.add("central differences", DIFFERENCE_DIGITS, FLOOR),
                    GradientCheck.of(network, objective, x, targets).numerical(),
                    expected);
        }
    }

    private static void weights(Numbers numbers, List<LayerWeights> gradients, JsonNode expected) {
        for (int l = 0; l < 2; l++) {
            String layer = String.valueOf(l + 1);
            numbers.compare(
                    "dW" + layer,
                    Objects.requireNonNull(gradients.get(l).weights()),
                    matrix(expected.get("dW" + layer)));
            numbers.compareVector("db" + layer, gradients.get(l).biases(), expected.get("db" + layer));
        }
    }

    private static void normalization(Task.Parts parts, JsonNode x, JsonNode expected) {
        var layer = new LayerSpec.BatchNormalization(0.1, 1e-5, new Activation.Identity());
        try (Network network = Network.create(new NetworkSpec(4, List.of(layer)), Precision.FLOAT64, 6, 1)) {
            network.load(List.of(
                    new LayerWeights(new double[][] {vector(expected.get("gamma"))}, vector(expected.get("beta")))));
            Matrix y = network.forwardTraining(Matrix.of(Precision.FLOAT64, matrix(x)), new NumpyRandom(0));
            Numbers forward = parts.add("forwards", DIGITS, 1);
            forward.compareMatrix("y", y, expected.get("y"));
            for (int i = 0; i < 24; i++) {
                network.outputGradient().set(i / 4, i % 4, i / 10.0);
            }
            network.backward();
            LayerWeights value = network.weights().getFirst();
            forward.compareVector("runningMean", value.runningMean(), expected.get("runningMean"));
            forward.compareVector("runningVariance", value.runningVariance(), expected.get("runningVariance"));
            Numbers backward = parts.add("backwards", DIGITS, 1);
            LayerWeights gradient = network.gradients().getFirst();
            backward.compareMatrix("dx", network.inputGradient(), expected.get("dx"));
            backward.compareVector("dgamma", Objects.requireNonNull(gradient.weights())[0], expected.get("dgamma"));
            backward.compareVector("dbeta", gradient.biases(), expected.get("dbeta"));
        }
    }

    private static void neuron(Numbers numbers, JsonNode neuron) {
        var spec = new NetworkSpec(2, List.of(dense(1, new Activation.Relu(), true)));
        try (Network network = Network.create(spec, Precision.FLOAT64, 1, 1)) {
            network.load(List.of(new LayerWeights(
                    new double[][] {vector(neuron.get("weights"))},
                    new double[] {neuron.get("bias").doubleValue()})));
            for (JsonNode known : neuron.get("cases")) {
                double[][] x = {vector(known.get("x"))};
                double y = network.forward(Matrix.of(Precision.FLOAT64, x)).get(0, 0);
                numbers.compare("y of " + known.get("x"), y, known.get("y"));
            }
        }
    }

    private static void softmax(Numbers numbers, JsonNode softmax) {
        var spec = new NetworkSpec(3, List.of(dense(3, new Activation.Softmax(), false)));
        try (Network network = Network.create(spec, Precision.FLOAT64, 1, 1)) {
            network.load(List.of(new LayerWeights(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, null)));
            Matrix x = Matrix.of(Precision.FLOAT64, new double[][] {vector(softmax.get("input"))});
            numbers.compare("p", network.forward(x).toRows()[0], vector(softmax.get("output")));
        }
    }

    private static void count(Numbers numbers, JsonNode counts) {
        for (boolean bias : new boolean[] {false, true}) {
            List<LayerSpec> layers = new ArrayList<>();
            counts.get("layers").forEach(units -> layers.add(dense(units.intValue(), new Activation.Relu(), bias)));
            String name = bias ? "withBiases" : "withoutBiases";
            numbers.compare(
                    name, new NetworkSpec(counts.get("inputs").intValue(), layers).parameters(), counts.get(name));
        }
    }
}
