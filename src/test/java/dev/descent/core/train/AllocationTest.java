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
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import dev.descent.system.Proof;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A step of training allocates nothing: all of its buffers are made when the run starts.
///
/// Compiled code keeps vectors in registers; the interpreter makes objects of them. So the steps before the compiler is
/// done do not count, and the test waits until a stretch of steps allocates nothing, but not for ever.
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Bytes that a stretch may take: the smallest object in every second step would be more.
    private static final long NOISE = 2048;

    /// How long the compiler may take; a run that allocates goes on for so long and then fails.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int STRETCH = 300;

    /// Inputs, units in the middle, outputs, rows of a batch.
    private record Shape(int inputs, int hidden, int outputs, int batch) {

        static Shape of(String name) {
            return switch (name) {
                case "tiny" -> new Shape(2, 4, 3, 20);
                case "small" -> new Shape(60, 120, 3, 20);
                case "middling" -> new Shape(200, 400, 3, 20);
                case "digits" -> new Shape(784, 100, 10, 100);
                default -> throw new IllegalArgumentException(name);
            };
        }
    }

    @Test
    void aStepAllocatesNothing() throws Exception {
        assertThat(inAJvmOfItsOwn("tiny", 2, Precision.FLOAT32, "momentum", Duration.ZERO))
                .isLessThanOrEqualTo(NOISE);
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"tiny, 1", "small, 1", "middling, 1", "middling, 2", "digits, 1"})
    void aStepOfAnyShapeAllocatesNothing(String shape, int threads) throws Exception {
        assertThat(inAJvmOfItsOwn(shape, threads, Precision.FLOAT32, "momentum", Duration.ZERO))
                .isLessThanOrEqualTo(NOISE);
    }

    @ParameterizedTest
    @CsvSource({"small, adam", "tiny, lbfgs", "tiny, kfac", "tiny, shampoo"})
    void noOptimizerAllocates(String shape, String optimizer) throws Exception {
        assertThat(inAJvmOfItsOwn(shape, 1, Precision.FLOAT32, optimizer, Duration.ZERO))
                .isLessThanOrEqualTo(NOISE);
    }

    @Test
    void aStepAllocatesNothingAfterOtherWork() throws Exception {
        assertThat(inAJvmOfItsOwn("digits", 1, Precision.FLOAT32, "momentum", Duration.ofSeconds(3)))
                .isLessThanOrEqualTo(NOISE);
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"digits, 2, FLOAT32", "digits, 1, FLOAT64", "small, 1, FLOAT32"})
    void aStepOfAnyShapeAllocatesNothingAfterOtherWork(String shape, int threads, Precision precision)
            throws Exception {
        assertThat(inAJvmOfItsOwn(shape, threads, precision, "momentum", Duration.ofSeconds(3)))
                .isLessThanOrEqualTo(NOISE);
    }

    /// What the compiler leaves of a step depends on all that its JVM has run before. So each run has a JVM of its
    /// own, in which code waits for its compilation however busy the machine is.
    private static long inAJvmOfItsOwn(
            String shape, int threads, Precision precision, String optimizer, Duration otherWork) throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xbatch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationTest.class.getName(),
                        shape,
                        String.valueOf(threads),
                        precision.name(),
                        optimizer,
                        otherWork.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).isZero();
        return Long.parseLong(printed.strip());
    }

    static void main(String[] arguments) {
        Shape shape = Shape.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        Precision precision = Precision.valueOf(arguments[2]);
        Optimizer optimizer = optimizer(arguments[3]);
        OtherWork.goesOnFor(Duration.parse(arguments[4]));
        TrainingSpec spec = spec(shape, threads, precision, optimizer);
        System.out.println(leastBytes(spec, data(shape, precision)));
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "momentum" -> new Optimizer.Momentum(1e-3, 0.9, 0);
            case "adam" -> new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8, 0);
            case "lbfgs" -> new Optimizer.Lbfgs(0.1, 10, LineSearch.STRONG_WOLFE);
            case "kfac" -> new Optimizer.Kfac(1e-3, 0.01, 0.95, 10, 0);
            case "shampoo" -> new Optimizer.Shampoo(0.01, 1e-4, 1, 0);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The bytes that a stretch took, by the first stretch that took next to nothing or by the most frugal of all.
    private static long leastBytes(TrainingSpec spec, TrainingData data) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long[] least = {Long.MAX_VALUE};
        long[] before = {0};
        try (Trainer trainer = Trainer.start(spec, data)) {
            long[] team = team(spec.threads() - 1);
            trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step step) {
                    if (step.index() % STRETCH == 0) {
                        long now = allocated(team);
                        least[0] = step.index() == 0 ? least[0] : Math.min(least[0], now - before[0]);
                        before[0] = now;
                    }
                }

                @Override
                public boolean afterStep(long steps) {
                    return least[0] > NOISE && System.nanoTime() - end < 0;
                }
            });
        }
        return least[0];
    }

    /// The other threads of this run's team: the youngest of that name.
    private static long[] team(int others) {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("team-"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(id -> -id)
                .sorted()
                .limit(others)
                .map(id -> -id)
                .toArray();
    }

    private static long allocated(long[] others) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        for (long id : others) {
            bytes += THREADS.getThreadAllocatedBytes(id);
        }
        return bytes;
    }

    private static TrainingSpec spec(Shape shape, int threads, Precision precision, Optimizer optimizer) {
        Initializer weights = new Initializer.GlorotUniform();
        Initializer biases = new Initializer.Zeros();
        return new TrainingSpec(
                new NetworkSpec(
                        shape.inputs,
                        List.of(
                                new LayerSpec.Dense(shape.hidden, new Activation.Sigmoid(), true, weights, biases),
                                new LayerSpec.Dense(shape.outputs, new Activation.Identity(), true, weights, biases))),
                null,
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                optimizer,
                optimizer instanceof Optimizer.Lbfgs ? new Batches.Full() : new Batches.Shuffled(shape.batch),
                new Length.Steps(1_000_000_000),
                precision,
                1,
                threads,
                0);
    }

    /// So few rows that a stretch has several epochs.
    private static TrainingData data(Shape shape, Precision precision) {
        NumpyRandom random = new NumpyRandom(3);
        int rows = shape.batch * STRETCH / 4;
        Matrix inputs = Matrix.create(precision, rows, shape.inputs);
        Matrix targets = Matrix.create(precision, rows, shape.outputs);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < shape.inputs; j++) {
                inputs.set(i, j, random.uniform(-1, 1));
            }
            targets.set(i, i % shape.outputs, 1);
        }
        return new TrainingData(inputs, targets, null, null);
    }
}
