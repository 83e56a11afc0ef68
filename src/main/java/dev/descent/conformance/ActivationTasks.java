package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.vector;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Activations and their slopes: one unit that passes its input on, forwards and backwards.
final class ActivationTasks {

    private static final String FILE = "activations.json";
    private static final double DIGITS = 9;

    /// PyTorch keeps hard sigmoid's slope of 1/6 as a binary32 number.
    private static final double SINGLE = 7.5;

    /// Where a slope is `1 - a` or `1 - a^2`, it has the rounding of `a`, which is near 1.
    private static final double SLOPE_FLOOR = 1e-6;

    /// PyTorch multiplies z with `1 + erf` or `1 + tanh`, which has the rounding of 1.
    private static final double GELU_FLOOR = 1e-5;

    /// By the names of the reference.
    private static final Map<String, Activation> KNOWN = Map.ofEntries(
            Map.entry("identity", new Activation.Identity()),
            Map.entry("relu", new Activation.Relu()),
            Map.entry("leaky_relu(0.01)", new Activation.LeakyRelu(0.01)),
            Map.entry("relu6", new Activation.Relu6()),
            Map.entry("elu(1.0)", new Activation.Elu(1)),
            Map.entry("selu", new Activation.Selu()),
            Map.entry("sigmoid", new Activation.Sigmoid()),
            Map.entry("hard_sigmoid", new Activation.HardSigmoid()),
            Map.entry("tanh", new Activation.Tanh()),
            Map.entry("softplus", new Activation.Softplus()),
            Map.entry("softsign", new Activation.Softsign()),
            Map.entry("gelu(erf)", new Activation.Gelu()),
            Map.entry("gelu(tanh)", new Activation.GeluTanh()),
            Map.entry("swish", new Activation.Swish()),
            Map.entry("mish", new Activation.Mish()),
            Map.entry("sine", new Activation.Sine()),
            Map.entry("legendre3", new Activation.Polynomial(List.of(0.0, -1.5, 0.0, 2.5))));

    private ActivationTasks() {}

    static List<Task> all() {
        JsonNode reference = ReferenceNumbers.read(FILE);
        double[] z = vector(reference.get("z"));
        List<Task> tasks = new ArrayList<>();
        reference
                .get("activations")
                .forEachEntry((name, expected) -> tasks.add(new Task(
                        "activation/" + name,
                        FILE,
                        "values and slopes of " + name,
                        "PyTorch",
                        (parts, goesOn) -> compare(parts, name, z, expected))));
        return tasks;
    }

    private static void compare(Task.Parts parts, String name, double[] z, JsonNode expected) {
        Numbers values = parts.add("values", DIGITS, name.startsWith("gelu") ? GELU_FLOOR : 0);
        Numbers slopes = parts.add("slopes", name.equals("hard_sigmoid") ? SINGLE : DIGITS, SLOPE_FLOOR);
        Initializer zeros = new Initializer.Zeros();
        var unit = new LayerSpec.Dense(1, known(name), false, zeros, zeros);
        try (Network network = Network.create(new NetworkSpec(1, List.of(unit)), Precision.FLOAT64, z.length, 1)) {
            network.load(List.of(new LayerWeights(new double[][] {{1}}, null)));
            double[][] rows = new double[z.length][];
            for (int i = 0; i < z.length; i++) {
                rows[i] = new double[] {z[i]};
            }
            Matrix a = network.forward(Matrix.of(Precision.FLOAT64, rows));
            for (int i = 0; i < z.length; i++) {
                values.compare(
                        "g(" + z[i] + ")", a.get(i, 0), expected.get("value").get(i));
                network.outputGradient().set(i, 0, 1);
            }
            network.backward();
            Matrix delta = network.layers().getFirst().delta();
            for (int i = 0; i < z.length; i++) {
                slopes.compare(
                        "g'(" + z[i] + ")",
                        delta.get(i, 0),
                        expected.get("derivative").get(i));
            }
        }
    }

    private static Activation known(String name) {
        Activation activation = KNOWN.get(name);
        if (activation == null) {
            throw new IllegalStateException("an activation that nobody translates: " + name);
        }
        return activation;
    }
}
