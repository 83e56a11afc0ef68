package dev.descent.conformance;

import static dev.descent.conformance.ReferenceNumbers.matrix;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.OptimizerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Ten steps of each optimizer on `f(w) = sum(A w^2) + sum(sin 3w)`.
final class OptimizerTasks {

    private static final String FILE = "optimizers.json";
    private static final double DIGITS = 12;
    private static final double FLOOR = 0.1;

    /// By the names of the reference.
    private static final Map<String, Optimizer> KNOWN = Map.ofEntries(
            Map.entry("sgd(lr=0.1)", new Optimizer.Sgd(0.1, 0)),
            Map.entry("sgd(lr=0.1,weight_decay=0.01)", new Optimizer.Sgd(0.1, 0.01)),
            Map.entry("momentum(lr=0.05,momentum=0.9)", new Optimizer.Momentum(0.05, 0.9, 0)),
            Map.entry("nesterov(lr=0.05,momentum=0.9)", new Optimizer.Nesterov(0.05, 0.9, 0)),
            Map.entry("rmsprop(lr=0.01,alpha=0.99,eps=1e-8)", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, false, 0)),
            Map.entry("rmsprop(lr=0.01,centered)", new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0.5, true, 0)),
            Map.entry("adagrad(lr=0.1)", new Optimizer.Adagrad(0.1, 1e-10, 0)),
            Map.entry("adadelta(lr=1.0,rho=0.9,eps=1e-6)", new Optimizer.Adadelta(1, 0.9, 1e-6, 0)),
            Map.entry("adam(lr=0.01)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0)),
            Map.entry("adam(lr=0.01,weight_decay=0.1)", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0.1)),
            Map.entry("amsgrad(lr=0.01)", new Optimizer.AmsGrad(0.01, 0.9, 0.999, 1e-8, 0)),
            Map.entry("adamw(lr=0.01,weight_decay=0.1)", new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-8, 0.1)),
            Map.entry("adamax(lr=0.01)", new Optimizer.Adamax(0.01, 0.9, 0.999, 1e-8, 0)),
            Map.entry("nadam(lr=0.01)", new Optimizer.Nadam(0.01, 0.9, 0.999, 1e-8, 0, 4e-3)),
            Map.entry("radam(lr=0.01)", new Optimizer.Radam(0.01, 0.9, 0.999, 1e-8, 0)),
            Map.entry("rprop(lr=0.01)", new Optimizer.Rprop(0.01, 0.5, 1.2, 1e-6, 50)));

    private OptimizerTasks() {}

    static List<Task> all() {
        JsonNode reference = ReferenceNumbers.read(FILE);
        double[][] a = matrix(reference.get("A"));
        double[][] w0 = matrix(reference.get("w0"));
        List<Task> tasks = new ArrayList<>();
        reference
                .get("paths")
                .forEachEntry((name, path) -> tasks.add(new Task(
                        "optimizer/" + name,
                        FILE,
                        "ten steps of " + name,
                        "PyTorch",
                        (parts, goesOn) -> follow(
                                parts.add("weights after each step", DIGITS, FLOOR), known(name), a, w0, path))));
        return tasks;
    }

    private static void follow(Numbers numbers, Optimizer optimizer, double[][] a, double[][] w0, JsonNode path) {
        Initializer zeros = new Initializer.Zeros();
        var layer = new LayerSpec.Dense(w0.length, new Activation.Identity(), false, zeros, zeros);
        var spec = new NetworkSpec(w0[0].length, List.of(layer));
        try (Network network = Network.create(spec, Precision.FLOAT64, 1, 1)) {
            network.load(List.of(new LayerWeights(w0, null)));
            Parameter parameter = network.parameters().getFirst();
            Matrix w = parameter.value();
            OptimizerRun run = OptimizerRun.start(optimizer, network);
            for (int step = 0; step < path.size(); step++) {
                for (int i = 0; i < w.rows(); i++) {
                    for (int j = 0; j < w.columns(); j++) {
                        double value = w.get(i, j);
                        parameter.gradient().set(i, j, 2 * a[i][j] * value + 3 * StrictMath.cos(3 * value));
                    }
                }
                run.step(optimizer.learningRate());
                numbers.compareMatrix("w after step " + step, w, path.get(step));
            }
        }
    }

    private static Optimizer known(String name) {
        Optimizer optimizer = KNOWN.get(name);
        if (optimizer == null) {
            throw new IllegalStateException("an optimizer that nobody translates: " + name);
        }
        return optimizer;
    }
}
