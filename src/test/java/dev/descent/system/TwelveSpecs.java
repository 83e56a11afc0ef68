package dev.descent.system;

import java.util.ArrayList;
import java.util.List;

/// Twelve jobs that leave nothing out of what a checkpoint has to hold: every kind of optimizer state, dropout's
/// random numbers, statistics of batches, schedules with a memory, early stopping, both precisions, both tasks.
final class TwelveSpecs {

    private static final String REGRESSION = """
            {"name": "NAME", "datasetId": "parabola", "features": ["one", "x"], "target": "y", "threads": THREADS,
             "split": {"validation": 0.2}, "loss": {"type": "squaredError"},
             "network": {"inputs": 2, "layers": [%s, {"type": "dense", "units": 1}]}, %s,
             "steps": %d, "seed": %d, "record": {"loss": {"every": 50}, "gradients": {"what": "norms", "every": 500}}}""";
    private static final String CLASSIFICATION = """
            {"name": "NAME", "datasetId": "xor", "features": ["x1", "x2"], "target": "y", "threads": THREADS,
             "split": {"validation": 0.2}, "loss": {"type": "binaryCrossEntropy"}, "metrics": ["accuracy"],
             "network": {"inputs": 2, "layers": [%s, {"type": "dense", "units": 1}]}, %s,
             "steps": %d, "seed": %d, "record": {"loss": {"every": 50}, "gradients": {"what": "norms", "every": 500}}}""";
    private static final String TANH = "{\"type\": \"dense\", \"units\": 16, \"activation\": \"tanh\"}";
    private static final String RELU = "{\"type\": \"dense\", \"units\": 33, \"activation\": \"relu\"}";
    private static final String DROPOUT = ", {\"type\": \"dropout\", \"rate\": 0.3}";
    private static final String NORMALIZED = ", {\"type\": \"batchNormalization\"}";
    private static final String SHUFFLED = "\"batches\": {\"type\": \"shuffled\", \"size\": 16}";
    private static final String SAMPLED = "\"batches\": {\"type\": \"sampled\", \"size\": 8}";

    private TwelveSpecs() {}

    /// Generates the two datasets that the jobs name.
    static void data(Http api) {
        api.post("/datasets/generate", "{\"generator\": \"parabola\"}", 201);
        api.post("/datasets/generate", "{\"generator\": \"xor\"}", 201);
    }

    /// Jobs of about `steps` steps each, with THREADS and NAME still to be put in.
    static List<String> of(long steps) {
        List<String> specs = new ArrayList<>();
        add(specs, REGRESSION, TANH, optimizer("sgd", SAMPLED), steps);
        add(specs, REGRESSION, TANH, optimizer("momentum", SHUFFLED) + ", \"schedule\": {\"type\": \"cosine\"}", steps);
        add(specs, REGRESSION, RELU + NORMALIZED, optimizer("nesterov", SHUFFLED), steps);
        add(specs, REGRESSION, TANH + DROPOUT, optimizer("adam", SHUFFLED), steps);
        add(specs, REGRESSION, RELU, optimizer("rmsProp", SAMPLED) + ", \"precision\": \"float32\"", steps);
        add(
                specs,
                REGRESSION,
                TANH,
                optimizer("adagrad", SHUFFLED) + ", \"schedule\": {\"type\": \"reduceOnPlateau\", \"patience\": 5}",
                steps);
        add(specs, CLASSIFICATION, TANH, optimizer("adadelta", SHUFFLED), steps);
        add(specs, CLASSIFICATION, RELU + DROPOUT, optimizer("adamW", SAMPLED), steps);
        add(specs, CLASSIFICATION, TANH + NORMALIZED + DROPOUT, optimizer("nadam", SHUFFLED), steps);
        add(
                specs,
                CLASSIFICATION,
                TANH,
                optimizer("amsGrad", SHUFFLED)
                        + ", \"earlyStopping\": {\"type\": \"validationLoss\", \"patience\": 1000000}",
                steps);
        add(
                specs,
                CLASSIFICATION,
                RELU,
                optimizer("radam", SHUFFLED) + ", \"gradientClipping\": {\"type\": \"norm\", \"limit\": 0.5}",
                steps);
        add(
                specs,
                CLASSIFICATION,
                TANH,
                optimizer("adamax", SHUFFLED) + ", \"precision\": \"float32\", \"regularization\": {\"l2\": 0.001}",
                steps);
        return specs;
    }

    private static String optimizer(String type, String batches) {
        return "\"optimizer\": {\"type\": \"" + type + "\", \"learningRate\": 0.0005}, " + batches;
    }

    private static void add(List<String> specs, String form, String layers, String settings, long steps) {
        specs.add(form.formatted(layers, settings, steps, specs.size() + 1));
    }
}
