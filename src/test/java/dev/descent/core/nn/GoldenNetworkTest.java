package dev.descent.core.nn;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GoldenNetworkTest {

    /// binary32 against binary64 references: a few roundings of 6e-8 of numbers near 1 each.
    private static final double SINGLE = 1e-5;

    /// Entries smaller than this are differences of numbers near 1 and carry the rounding of those.
    private static final double FLOOR = 0.05;

    private static final double DOUBLE = 1e-12;
    private static final Initializer ZEROS = new Initializer.Zeros();

    private static Activation activation(String name) {
        return switch (name) {
            case "relu" -> new Activation.Relu();
            case "tanh" -> new Activation.Tanh();
            default -> new Activation.Sigmoid();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "relu, FLOAT64",
        "tanh, FLOAT64",
        "sigmoid, FLOAT64",
        "relu, FLOAT32",
        "tanh, FLOAT32",
        "sigmoid, FLOAT32"
    })
    void everyQuantityOfOneStepIsPyTorchs(String name, Precision precision) {
        JsonNode golden = Golden.read("network.json");
        JsonNode expected = golden.get(name);
        double tolerance = precision == Precision.FLOAT64 ? DOUBLE : SINGLE;
        NetworkSpec spec = new NetworkSpec(
                4,
                List.of(
                        new LayerSpec.Dense(5, activation(name), true, ZEROS, ZEROS),
                        new LayerSpec.Dense(3, new Activation.Identity(), true, ZEROS, ZEROS)));
        try (Network network = Network.create(spec, precision, 6, 1)) {
            network.load(List.of(
                    new LayerWeights(Golden.matrix(golden.get("W1")), Golden.vector(golden.get("b1"))),
                    new LayerWeights(Golden.matrix(golden.get("W2")), Golden.vector(golden.get("b2")))));
            Objective objective = new Objective(new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), precision);
            Matrix logits = network.forward(Matrix.of(precision, Golden.matrix(golden.get("X"))));
            Matrix targets = Matrix.of(precision, Golden.oneHot(golden.get("labels"), 3));
            double loss = objective.evaluate(logits, targets, null, network.outputGradient());
            network.backward();
            Matrix probabilities = Matrix.create(precision, 6, 3);
            objective.probabilities(logits, probabilities);

            Golden.assertClose("loss", loss, expected.get("loss").doubleValue(), tolerance, 0);
            Layer hidden = network.layers().get(0);
            Layer output = network.layers().get(1);
            close("z", hidden.preActivation(), expected, tolerance);
            close("h", hidden.activation(), expected, tolerance);
            close("logits", output.preActivation(), expected, tolerance);
            close("probabilities", probabilities, expected, tolerance);
            close("delta2", output.delta(), expected, tolerance);
            close("delta1", hidden.delta(), expected, tolerance);
            close("dx", network.inputGradient(), expected, tolerance);
            close("dW1", hidden.weights().gradient(), expected, tolerance);
            close("dW2", output.weights().gradient(), expected, tolerance);
            closeRow("db1", hidden.biases().gradient(), expected, tolerance);
            closeRow("db2", output.biases().gradient(), expected, tolerance);
        }
    }

    private static void close(String name, Matrix found, JsonNode expected, double tolerance) {
        Golden.assertClose(name, found.toRows(), Golden.matrix(expected.get(name)), tolerance, FLOOR);
    }

    private static void closeRow(String name, Matrix found, JsonNode expected, double tolerance) {
        Golden.assertClose(name, found.toRows(), new double[][] {Golden.vector(expected.get(name))}, tolerance, FLOOR);
    }

    @Test
    void theNeuronOfTheLectureAnswersAsPrinted() {
        JsonNode neuron = Golden.read("small.json").get("neuron");
        NetworkSpec spec =
                new NetworkSpec(2, List.of(new LayerSpec.Dense(1, new Activation.Relu(), true, ZEROS, ZEROS)));
        try (Network network = Network.create(spec, Precision.FLOAT64, 1, 1)) {
            network.load(List.of(new LayerWeights(
                    new double[][] {Golden.vector(neuron.get("weights"))},
                    new double[] {neuron.get("bias").doubleValue()})));
            for (JsonNode known : neuron.get("cases")) {
                double y = network.forward(Matrix.of(Precision.FLOAT64, new double[][] {Golden.vector(known.get("x"))}))
                        .get(0, 0);
                Golden.assertClose("y", y, known.get("y").doubleValue(), 0, 0);
            }
        }
    }

    @Test
    void softmaxOfTheLectureComesOutAsPrinted() {
        JsonNode softmax = Golden.read("small.json").get("softmax");
        Matrix z = Matrix.of(Precision.FLOAT64, new double[][] {Golden.vector(softmax.get("input"))});
        Matrix a = Matrix.create(Precision.FLOAT64, 1, 3);
        Activations.of(Precision.FLOAT64).forward(new Activation.Softmax(), z, a);
        Golden.assertClose("softmax", a.toRows(), new double[][] {Golden.vector(softmax.get("output"))}, 1e-15, 0);
    }
}
