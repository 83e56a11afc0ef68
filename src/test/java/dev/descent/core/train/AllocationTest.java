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
import dev.descent.core.random.NumpyRandom;
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

    /// Bytes that a stretch may take: the smallest object in every eighth step would be more.
    private static final long NOISE = 2048;

    /// What `StrictMath.pow` may make in a step, which Adam asks for the powers of its two decay rates: arrays of
    /// constants.
    private static final long POWERS = 4 * 2 * 3 * 32;

    /// How long the compiler may take; a run that allocates goes on for so long and then fails.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int STRETCH = 1000;
    private static final int BATCH = 20;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "30, 1", "100, 1", "100, 2"})
    void aStepAllocatesNothing(int size, int threads) throws Exception {
        assertThat(inAJvmOfItsOwn(size, threads, "momentum")).isLessThanOrEqualTo(NOISE);
    }

    @Test
    void aStepOfAdamAllocatesNothingButItsPowers() throws Exception {
        assertThat(inAJvmOfItsOwn(30, 1, "adam")).isLessThanOrEqualTo(NOISE + STRETCH * POWERS);
    }

    /// What the compiler leaves of a step depends on all that its JVM has run before.
    private static long inAJvmOfItsOwn(int size, int threads, String optimizer) throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationTest.class.getName(),
                        String.valueOf(size),
                        String.valueOf(threads),
                        optimizer)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).isZero();
        return Long.parseLong(printed.strip());
    }

    static void main(String[] arguments) {
        int size = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        boolean adam = arguments[2].equals("adam");
        Optimizer optimizer =
                adam ? new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8, 0) : new Optimizer.Momentum(1e-3, 0.9, 0);
        System.out.println(leastBytes(size, threads, optimizer, adam ? NOISE + STRETCH * POWERS : NOISE));
    }

    /// The bytes that a stretch took, by the first stretch that took few `enough` or by the most frugal of all.
    private static long leastBytes(int size, int threads, Optimizer optimizer, long enough) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long[] least = {Long.MAX_VALUE};
        long[] before = {0};
        try (Trainer trainer = Trainer.start(spec(size, threads, optimizer), data(size))) {
            long[] team = team(threads - 1);
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
                    return least[0] > enough && System.nanoTime() - end < 0;
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

    /// Epochs as long as a stretch: the report at the end of each is made anew.
    private static TrainingSpec spec(int size, int threads, Optimizer optimizer) {
        Initializer weights = new Initializer.GlorotUniform();
        Initializer biases = new Initializer.Zeros();
        return new TrainingSpec(
                new NetworkSpec(
                        2 * size,
                        List.of(
                                new LayerSpec.Dense(4 * size, new Activation.Sigmoid(), true, weights, biases),
                                new LayerSpec.Dense(3, new Activation.Identity(), true, weights, biases))),
                null,
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                optimizer,
                new Batches.Sampled(BATCH),
                new Length.Steps(1_000_000_000),
                Precision.FLOAT32,
                1,
                threads,
                0);
    }

    private static TrainingData data(int size) {
        NumpyRandom random = new NumpyRandom(3);
        Matrix inputs = Matrix.create(Precision.FLOAT32, BATCH * STRETCH, 2 * size);
        Matrix targets = Matrix.create(Precision.FLOAT32, BATCH * STRETCH, 3);
        for (int i = 0; i < inputs.rows(); i++) {
            for (int j = 0; j < 2 * size; j++) {
                inputs.set(i, j, random.randn());
            }
            targets.set(i, i % 3, 1);
        }
        return new TrainingData(inputs, targets, null, null);
    }
}
