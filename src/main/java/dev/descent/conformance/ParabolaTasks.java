package dev.descent.conformance;

import dev.descent.core.data.Generator;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.train.Batches;
import dev.descent.core.train.Length;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// The parabola, each way the lecture descends it.
final class ParabolaTasks {

    private static final String FILE = "parabola.json";

    /// NumPy sums a product in another order; over 9,010 steps the last digits part, the first nine do not.
    private static final double DIGITS = 9;

    /// A gradient near a minimum is a mean of terms up to about 1,000 that cancel: some 1e-13 of it is rounding.
    private static final double GRADIENT_FLOOR = 1e-4;

    private ParabolaTasks() {}

    static List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode run : ReferenceNumbers.read(FILE).get("runs")) {
            String name = run.get("name").stringValue();
            tasks.add(new Task(
                    "parabola/" + name,
                    FILE,
                    "%d steps of a %s network with %s from seed %d, %s"
                            .formatted(
                                    run.get("steps").longValue(),
                                    widths(run),
                                    run.get("activation").stringValue(),
                                    run.get("weightSeed").longValue(),
                                    run.get("descent").stringValue()),
                    "NumPy",
                    (parts, goesOn) -> run(parts, run, goesOn)));
        }
        return tasks;
    }

    private static String widths(JsonNode run) {
        List<String> widths = new ArrayList<>();
        run.get("layers").forEach(width -> widths.add(width.toString()));
        return String.join("-", widths);
    }

    private static void run(Task.Parts parts, JsonNode run, BooleanSupplier goesOn) {
        TrainingData data = Runs.data(Generator.Parabola.DEFAULT, Precision.FLOAT64);
        Numbers rows = parts.add("the first rows of the data", Digits.EXACT, 0);
        for (int i = 0; i < run.get("firstRows").size(); i++) {
            rows.compare(
                    "x " + i,
                    data.training().inputs().toRows()[i],
                    ReferenceNumbers.vector(run.get("firstRows").get(i)));
            rows.compare(
                    "y " + i,
                    data.training().targets().get(i, 0),
                    run.get("firstTargets").get(i));
        }
        Numbers initial = parts.add("initial weights", 15, 0);
        Numbers errors = parts.add("errors before steps", DIGITS, 0);
        Numbers gradients = parts.add("gradients", DIGITS, GRADIENT_FLOOR);
        Numbers last = parts.add("final weights", DIGITS, 0);
        Map<Long, JsonNode> samples = new HashMap<>();
        run.get("gradientsAtStep")
                .forEach(sample -> samples.put(sample.get("step").longValue(), sample.get("gradients")));
        try (Trainer trainer = Trainer.start(spec(run), data)) {
            initial.compareWeights("initial", trainer.network().weights(), run.get("initialWeights"));
            Runs.run(trainer, goesOn, step -> {
                JsonNode error = run.get("errorBeforeStep").get(String.valueOf(step.index()));
                if (error != null) {
                    errors.compare("error before step " + step.index(), step.datasetLoss(), error);
                }
                JsonNode sample = samples.get(step.index());
                if (sample != null) {
                    gradients.compareWeights(
                            "step " + step.index(), step.network().gradients(), sample);
                }
            });
            last.compareWeights("final", trainer.network().weights(), run.get("finalWeights"));
        }
    }

    private static TrainingSpec spec(JsonNode run) {
        JsonNode widths = run.get("layers");
        Activation hidden = switch (run.get("activation").stringValue()) {
            case "relu" -> new Activation.Relu();
            case "tanh" -> new Activation.Tanh();
            default ->
                throw new IllegalStateException("an activation that nobody translates: " + run.get("activation"));
        };
        List<LayerSpec> layers = new ArrayList<>();
        for (int l = 1; l < widths.size(); l++) {
            layers.add(new LayerSpec.Dense(
                    widths.get(l).intValue(),
                    l < widths.size() - 1 ? hidden : new Activation.Identity(),
                    false,
                    new Initializer.ScaledNormal(),
                    Runs.ZEROS));
        }
        Batches batches = switch (run.get("descent").stringValue()) {
            case "batch" -> new Batches.Full();
            case "sgd" -> new Batches.Sampled(1);
            case "minibatch" -> new Batches.Sampled(20);
            default -> throw new IllegalStateException("batches that nobody translates: " + run.get("descent"));
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
}
