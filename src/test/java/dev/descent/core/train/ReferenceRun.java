package dev.descent.core.train;

import static dev.descent.core.linalg.Precision.FLOAT32;
import static dev.descent.core.linalg.Precision.FLOAT64;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A training run whose bits are written down in `reference/digests.json`. To add one, add it to [#ALL] and run
/// `mvn test -Dtest=ReferenceDigestsTest -Ddigests.update=true`.
///
/// Rows are normal deviates drawn from the seed; targets are such deviates too, or classes, as the loss wants them.
record ReferenceRun(
        String name,
        Precision precision,
        List<LayerSpec> layers,
        int inputs,
        int rows,
        Loss loss,
        Optimizer optimizer,
        Batches batches,
        long steps,
        long seed) {

    private static final Activation IDENTITY = new Activation.Identity();
    private static final Activation RELU = new Activation.Relu();
    private static final Activation SIGMOID = new Activation.Sigmoid();
    private static final Activation TANH = new Activation.Tanh();
    private static final Activation SOFTMAX = new Activation.Softmax();

    private static final Loss HALF_SQUARED = new Loss.SquaredError(Reduction.MEAN, 0.5);
    private static final Loss SQUARED_SUM = new Loss.SquaredError(Reduction.SUM, 1);
    private static final Loss CLASSES = new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1);
    private static final Loss LABELS = new Loss.BinaryCrossEntropy(Reduction.MEAN, 1);

    private static final Optimizer ADAM = new Optimizer.Adam(0.003, 0.9, 0.999, 1e-8, 0);
    private static final Optimizer DECAYED_ADAM = new Optimizer.Adam(0.003, 0.8, 0.99, 1e-6, 0.01);
    private static final Optimizer MOMENTUM = new Optimizer.Momentum(0.02, 0.9, 0.001);

    static final List<ReferenceRun> ALL = List.of(
            new ReferenceRun(
                    "lecture, full batch",
                    FLOAT64,
                    List.of(dense(4, RELU, false), dense(1, IDENTITY, false)),
                    2,
                    100,
                    HALF_SQUARED,
                    new Optimizer.Sgd(0.01, 0),
                    new Batches.Full(),
                    400,
                    10),
            new ReferenceRun(
                    "lecture, one row a step",
                    FLOAT64,
                    List.of(dense(4, TANH, false), dense(1, IDENTITY, false)),
                    2,
                    100,
                    HALF_SQUARED,
                    new Optimizer.Sgd(0.01, 0),
                    new Batches.Sampled(1),
                    400,
                    11),
            new ReferenceRun(
                    "lecture, twenty rows a step",
                    FLOAT32,
                    List.of(dense(4, RELU, true), dense(1, IDENTITY, true)),
                    2,
                    100,
                    HALF_SQUARED,
                    MOMENTUM,
                    new Batches.Sampled(20),
                    400,
                    12),
            new ReferenceRun(
                    "regression, full batch",
                    FLOAT32,
                    List.of(dense(17, TANH, true), dense(9, SIGMOID, true), dense(3, IDENTITY, true)),
                    5,
                    211,
                    HALF_SQUARED,
                    MOMENTUM,
                    new Batches.Full(),
                    100,
                    13),
            new ReferenceRun(
                    "regression, summed and shuffled",
                    FLOAT64,
                    List.of(dense(33, SIGMOID, true), dense(2, TANH, false)),
                    7,
                    130,
                    SQUARED_SUM,
                    new Optimizer.Sgd(0.002, 0.01),
                    new Batches.Shuffled(32),
                    100,
                    14),
            new ReferenceRun(
                    "classes, sigmoid and Adam, float32",
                    FLOAT32,
                    List.of(dense(100, SIGMOID, true), dense(10, IDENTITY, true)),
                    196,
                    300,
                    CLASSES,
                    ADAM,
                    new Batches.Shuffled(100),
                    40,
                    15),
            new ReferenceRun(
                    "classes, sigmoid and Adam, float64",
                    FLOAT64,
                    List.of(dense(100, SIGMOID, true), dense(10, IDENTITY, true)),
                    196,
                    300,
                    CLASSES,
                    ADAM,
                    new Batches.Shuffled(100),
                    40,
                    15),
            new ReferenceRun(
                    "wide classes, relu",
                    FLOAT32,
                    List.of(dense(257, RELU, true), dense(270, RELU, true), dense(11, IDENTITY, true)),
                    300,
                    150,
                    CLASSES,
                    DECAYED_ADAM,
                    new Batches.Sampled(70),
                    12,
                    16),
            new ReferenceRun(
                    "wide classes, tanh",
                    FLOAT64,
                    List.of(dense(140, TANH, true), dense(129, TANH, false), dense(11, IDENTITY, true)),
                    150,
                    150,
                    CLASSES,
                    MOMENTUM,
                    new Batches.Shuffled(61),
                    12,
                    17),
            new ReferenceRun(
                    "labels, relu",
                    FLOAT32,
                    List.of(dense(50, RELU, true), dense(20, RELU, true), dense(1, IDENTITY, true)),
                    13,
                    97,
                    LABELS,
                    ADAM,
                    new Batches.Full(),
                    60,
                    18),
            new ReferenceRun(
                    "labels, several outputs",
                    FLOAT64,
                    List.of(dense(31, TANH, true), dense(4, IDENTITY, true)),
                    9,
                    97,
                    LABELS,
                    MOMENTUM,
                    new Batches.Sampled(45),
                    60,
                    19),
            new ReferenceRun(
                    "softmax under squared error",
                    FLOAT64,
                    List.of(dense(19, RELU, true), dense(5, SOFTMAX, true)),
                    6,
                    80,
                    SQUARED_SUM,
                    DECAYED_ADAM,
                    new Batches.Shuffled(16),
                    60,
                    20),
            new ReferenceRun(
                    "every kind of layer, float64",
                    FLOAT64,
                    everyKind(new Activation.Gelu(), new Activation.Swish()),
                    6,
                    90,
                    CLASSES,
                    new Optimizer.AdamW(0.005, 0.9, 0.999, 1e-8, 0.01),
                    new Batches.Shuffled(32),
                    60,
                    21),
            new ReferenceRun(
                    "every kind of layer, float32",
                    FLOAT32,
                    everyKind(new Activation.Mish(), new Activation.Elu(1)),
                    6,
                    90,
                    CLASSES,
                    new Optimizer.Nesterov(0.02, 0.9, 0),
                    new Batches.Sampled(40),
                    60,
                    22),
            new ReferenceRun(
                    "smooth activations and a mixture",
                    FLOAT64,
                    List.of(
                            dense(12, new Activation.Softplus(), true),
                            dense(11, new Activation.Selu(), true),
                            dense(10, new Activation.GeluTanh(), true),
                            dense(9, new Activation.Sine(), true),
                            dense(9, IDENTITY, true)),
                    3,
                    60,
                    new Loss.MixtureDensity(3, Reduction.MEAN, 1),
                    new Optimizer.RmsProp(0.002, 0.99, 1e-8, 0.5, false, 0),
                    new Batches.Shuffled(20),
                    60,
                    23),
            new ReferenceRun(
                    "line search",
                    FLOAT64,
                    List.of(dense(13, TANH, true), dense(2, IDENTITY, true)),
                    4,
                    70,
                    HALF_SQUARED,
                    new Optimizer.Lbfgs(1, 10, LineSearch.STRONG_WOLFE),
                    new Batches.Full(),
                    30,
                    24),
            new ReferenceRun(
                    "factored curvature",
                    FLOAT64,
                    List.of(dense(13, TANH, true), dense(3, IDENTITY, true)),
                    4,
                    70,
                    CLASSES,
                    new Optimizer.Kfac(0.05, 0.01, 0.95, 5, 0),
                    new Batches.Shuffled(35),
                    30,
                    25),
            new ReferenceRun(
                    "preconditioned",
                    FLOAT32,
                    List.of(dense(13, SIGMOID, true), dense(3, IDENTITY, true)),
                    4,
                    70,
                    CLASSES,
                    new Optimizer.Shampoo(0.05, 1e-4, 5, 0),
                    new Batches.Full(),
                    30,
                    26));

    private static List<LayerSpec> everyKind(Activation first, Activation second) {
        return List.of(
                dense(16, IDENTITY, true),
                new LayerSpec.BatchNormalization(0.1, 1e-5, first),
                new LayerSpec.Residual(List.of(dense(20, second, true), dense(16, IDENTITY, true)), first),
                new LayerSpec.Dropout(0.2),
                dense(5, IDENTITY, true));
    }

    private static LayerSpec dense(int units, Activation activation, boolean bias) {
        return new LayerSpec.Dense(
                units, activation, bias, new Initializer.GlorotUniform(), new Initializer.Uniform(-0.1, 0.1));
    }

    /// What a run leaves behind: the digests of its last weights and of the losses of all its steps.
    record Digests(String weights, String losses) {}

    Digests run(int threads) {
        MessageDigest losses = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES);
        try (Trainer trainer = Trainer.start(spec(threads), data())) {
            Outcome outcome = trainer.run(step -> {
                losses.update(bytes.clear().putDouble(step.batchLoss()).flip());
            });
            if (outcome.end() != Outcome.End.COMPLETED) {
                throw new IllegalStateException(name + " ended as " + outcome);
            }
            return new Digests(trainer.network().digest(), HexFormat.of().formatHex(losses.digest()));
        }
    }

    TrainingSpec spec(int threads) {
        return new TrainingSpec(
                new NetworkSpec(inputs, layers),
                null,
                loss,
                optimizer,
                batches,
                new Length.Steps(steps),
                precision,
                seed,
                threads,
                0);
    }

    TrainingData data() {
        NumpyRandom random = new NumpyRandom(seed);
        int targets = loss.targets(new NetworkSpec(inputs, layers).outputs());
        List<double[]> x = new ArrayList<>();
        List<double[]> y = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double[] row = new double[inputs];
            for (int j = 0; j < inputs; j++) {
                row[j] = random.randn();
            }
            x.add(row);
            y.add(target(targets, random));
        }
        return new TrainingData(
                Matrix.of(precision, x.toArray(double[][]::new)),
                Matrix.of(precision, y.toArray(double[][]::new)),
                null,
                null);
    }

    private double[] target(int outputs, NumpyRandom random) {
        double[] row = new double[outputs];
        if (loss.equals(CLASSES)) {
            row[random.randint(outputs)] = 1;
            return row;
        }
        for (int j = 0; j < outputs; j++) {
            row[j] = loss.equals(LABELS) ? random.randint(2) : random.randn();
        }
        return row;
    }

    /// Runs all with one thread and prints a line for each: for a JVM of its own.
    static void main() {
        ALL.forEach(run -> {
            Digests digests = run.run(1);
            System.out.println(run.name + "\t" + digests.weights + "\t" + digests.losses);
        });
    }

    /// What [#main] printed.
    static Map<String, Digests> parse(String printed) {
        Map<String, Digests> found = new LinkedHashMap<>();
        printed.lines()
                .map(line -> line.split("\t"))
                .forEach(words -> found.put(words[0], new Digests(words[1], words[2])));
        return found;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
