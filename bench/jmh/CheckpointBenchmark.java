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
import dev.descent.core.train.Batches;
import dev.descent.core.train.Checkpoint;
import dev.descent.core.train.Length;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A checkpoint of 784-1024-1024-10 under Adam in binary32, 22 MB: the copy for which a run stands still, beside a step of
/// that run, and what another thread does with it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CheckpointBenchmark {

    private static final int BATCH = 256;
    private static final int STEPS = 20;

    private final Checkpoint checkpoint = new Checkpoint();
    private TrainingSpec spec;
    private TrainingData data;
    private Trainer trainer;
    private byte[] file;

    @Setup
    public void create() throws IOException {
        spec = new TrainingSpec(
                new NetworkSpec(784, List.of(dense(1024), dense(1024), dense(10))),
                null,
                new Loss.SquaredError(Reduction.MEAN, 1),
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, 0),
                new Batches.Full(),
                new Length.Steps(STEPS),
                Precision.FLOAT32,
                1,
                1,
                0);
        data = new TrainingData(
                Matrix.create(Precision.FLOAT32, BATCH, 784), Matrix.create(Precision.FLOAT32, BATCH, 10), null, null);
        trainer = Trainer.start(spec, data);
        trainer.save(checkpoint);
        var out = new ByteArrayOutputStream();
        checkpoint.write(new byte[0], out);
        file = out.toByteArray();
    }

    private static LayerSpec dense(int units) {
        return new LayerSpec.Dense(
                units, new Activation.Relu(), true, new Initializer.GlorotUniform(), new Initializer.Zeros());
    }

    @TearDown
    public void close() {
        trainer.close();
    }

    @Benchmark
    public void save() {
        trainer.save(checkpoint);
    }

    @Benchmark
    public Outcome twentySteps() {
        try (Trainer other = Trainer.start(spec, data)) {
            return other.run(step -> {});
        }
    }

    @Benchmark
    public void write() throws IOException {
        checkpoint.write(new byte[0], OutputStream.nullOutputStream());
    }

    @Benchmark
    public Checkpoint read() throws IOException {
        return Checkpoint.read(new ByteArrayInputStream(file), file.length);
    }
}
