package dev.descent.bench;

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
import dev.descent.core.train.Batches;
import dev.descent.core.train.Length;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// An epoch of ten batches, the making of the trainer and its weights included, at three sizes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EpochBenchmark {

    /// Widths of the layers, the inputs first, and the rows of a batch.
    public enum Size {
        LECTURE(20, 2, 4, 1),
        DIGITS(100, 784, 100, 10),
        WIDE(256, 784, 1024, 1024, 10);

        private final int batch;
        private final int[] widths;

        Size(int batch, int... widths) {
            this.batch = batch;
            this.widths = widths;
        }
    }

    @Param
    public Size size;

    @Param({"FLOAT32", "FLOAT64"})
    public Precision precision;

    @Param("1")
    public int threads;

    private TrainingSpec spec;
    private TrainingData data;

    @Setup
    public void create() {
        NumpyRandom random = new NumpyRandom(1);
        int last = size.widths.length - 1;
        LayerSpec[] layers = new LayerSpec[last];
        for (int i = 0; i < last; i++) {
            Activation g = i == last - 1 ? new Activation.Identity() : new Activation.Relu();
            layers[i] = new LayerSpec.Dense(
                    size.widths[i + 1], g, true, new Initializer.GlorotUniform(), new Initializer.Zeros());
        }
        spec = new TrainingSpec(
                new NetworkSpec(size.widths[0], List.of(layers)),
                null,
                new Loss.SquaredError(Reduction.MEAN, 1),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                new Batches.Shuffled(size.batch),
                new Length.Epochs(1),
                precision,
                1,
                threads,
                0);
        data = new TrainingData(
                random(size.widths[0], random), random(size.widths[last], random), null, null);
    }

    @Benchmark
    public Outcome epoch() {
        try (Trainer trainer = Trainer.start(spec, data)) {
            return trainer.run(step -> {});
        }
    }

    private Matrix random(int columns, NumpyRandom random) {
        Matrix matrix = Matrix.create(precision, 10 * size.batch, columns);
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.randn());
            }
        }
        return matrix;
    }
}
