package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run allocates, from its data to a checkpoint, stays within what its spec says, and that is not more than
/// half as much again. Everything allocated counts, though some of it is let go: an upper bound of the peak.
class MemoryEstimateTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Until vector code is compiled each of its values is an object: rounds are run until two in a row allocate the
    /// same, to one in a hundred, but no more than so many.
    private static final int ROUNDS = 12;

    private static final double SAME = 0.01;

    private static final int TRAINING_ROWS = 2000;
    private static final int HELD_OUT_ROWS = 500;

    /// The estimate over what was allocated, by the case's name.
    private static final Map<String, Double> RATIOS = new HashMap<>();

    private static final Activation RELU = new Activation.Relu();
    private static final Initializer NORMAL = new Initializer.GlorotNormal();

    record Case(
            String name,
            List<LayerSpec> layers,
            Optimizer optimizer,
            Batches batches,
            Precision precision,
            boolean watched) {

        TrainingSpec spec() {
            return new TrainingSpec(
                    new NetworkSpec(784, layers),
                    null,
                    new Loss.SquaredError(Reduction.MEAN, 1),
                    Update.by(optimizer),
                    batches,
                    new Length.Epochs(2),
                    new Supervision(
                            watched ? new EarlyStopping.ValidationLoss(10, 0, true) : null,
                            new DivergenceRemedy.Fail(),
                            watched ? List.of(Metric.R2) : List.of(),
                            0),
                    precision,
                    1,
                    1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        Optimizer adam = new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0);
        Batches shuffled = new Batches.Shuffled(100);
        return List.of(
                new Case("digits", List.of(dense(100), dense(10)), adam, shuffled, Precision.FLOAT32, false),
                new Case("wide", List.of(dense(1024), dense(512), dense(10)), adam, shuffled, Precision.FLOAT32, true),
                new Case(
                        "full batch",
                        List.of(dense(64), dense(10)),
                        adam,
                        new Batches.Full(),
                        Precision.FLOAT64,
                        false),
                new Case(
                        "every kind",
                        List.of(
                                dense(300),
                                new LayerSpec.BatchNormalization(0.1, 1e-5, RELU),
                                new LayerSpec.Residual(List.of(dense(300)), RELU),
                                new LayerSpec.Dropout(0.5),
                                dense(10)),
                        new Optimizer.Sgd(0.01, 0),
                        shuffled,
                        Precision.FLOAT64,
                        true),
                new Case(
                        "line search",
                        List.of(dense(200), dense(10)),
                        new Optimizer.Lbfgs(1, 10, dev.descent.core.optim.LineSearch.STRONG_WOLFE),
                        new Batches.Full(),
                        Precision.FLOAT64,
                        false),
                new Case(
                        "curvature",
                        List.of(dense(200), dense(10)),
                        new Optimizer.Kfac(0.01, 0.01, 0.95, 100, 0),
                        shuffled,
                        Precision.FLOAT64,
                        false));
    }

    private static LayerSpec dense(int units) {
        return new LayerSpec.Dense(units, RELU, true, NORMAL, new Initializer.Zeros());
    }

    /// What the compiler makes of vector code depends on all that its JVM has run before, so this is one of its own,
    /// in which code waits for its compilation however busy the machine is.
    @BeforeAll
    static void measure() throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xbatch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryEstimateTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .forEach(line -> RATIOS.put(line[0], Double.valueOf(line[1])));
        assertThat(jvm.waitFor()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theEstimateCoversWhatARunAllocatesWithinHalf(Case one) {
        assertThat(RATIOS.get(one.name)).isBetween(1.0, 1.5);
    }

    static void main() {
        for (Case one : cases()) {
            TrainingSpec spec = one.spec();
            long before = Long.MAX_VALUE;
            long allocated = allocated(spec, TRAINING_ROWS, HELD_OUT_ROWS);
            for (int i = 1; i < ROUNDS && before - allocated > SAME * allocated; i++) {
                before = allocated;
                allocated = Math.min(before, allocated(spec, TRAINING_ROWS, HELD_OUT_ROWS));
            }
            double estimate = spec.memoryBytes(TRAINING_ROWS, HELD_OUT_ROWS);
            System.out.println(one.name + "\t" + estimate / allocated);
        }
    }

    private static long allocated(TrainingSpec spec, int rows, int heldOut) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        TrainingData data = new TrainingData(
                matrix(spec.precision(), rows, 784), matrix(spec.precision(), rows, 10),
                matrix(spec.precision(), heldOut, 784), matrix(spec.precision(), heldOut, 10));
        try (Trainer trainer = Trainer.start(spec, data)) {
            trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step step) {}

                @Override
                public void onEnd() {
                    trainer.save(new Checkpoint());
                }
            });
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static Matrix matrix(Precision precision, int rows, int columns) {
        Matrix matrix = Matrix.create(precision, rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, (i * 31 + j * 17) % 13 / 13.0);
            }
        }
        return matrix;
    }
}
