package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;

/// Hands out the batches of a run, one after the other, in buffers that it uses again.
final class BatchSource {

    private final Batches batches;
    private final TrainingData data;
    private final NumpyRandom random;
    private final int size;
    private final int[] rows;
    private Matrix inputs;
    private Matrix targets;
    private int next;

    BatchSource(Batches batches, int size, TrainingData data, NumpyRandom random) {
        this.batches = batches;
        this.data = data;
        this.random = random;
        this.size = size;
        switch (batches) {
            case Batches.Full full -> {
                inputs = data.inputs();
                targets = data.targets();
                rows = new int[0];
            }
            case Batches.Shuffled shuffled -> {
                inputs = buffer(data.inputs());
                targets = buffer(data.targets());
                rows = new int[data.rows()];
            }
            case Batches.Sampled sampled -> {
                inputs = buffer(data.inputs());
                targets = buffer(data.targets());
                rows = new int[size];
            }
        }
    }

    /// Shuffles afresh where the batches are a partition of a shuffle.
    void beginEpoch() {
        next = 0;
        if (batches instanceof Batches.Shuffled) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = i;
            }
            random.shuffle(rows);
        }
    }

    /// Fills [#inputs] and [#targets] with the next batch.
    void next() {
        switch (batches) {
            case Batches.Full full -> {}
            case Batches.Shuffled shuffled -> {
                int count = Math.min(size, rows.length - next);
                gather(next, count);
                next += count;
            }
            case Batches.Sampled sampled -> {
                random.choice(data.rows(), rows);
                gather(0, size);
            }
        }
    }

    /// x (n x inputs) of the current batch.
    Matrix inputs() {
        return inputs;
    }

    /// y (n x outputs) of the current batch.
    Matrix targets() {
        return targets;
    }

    private void gather(int from, int count) {
        inputs.gather(data.inputs(), rows, from, count);
        targets.gather(data.targets(), rows, from, count);
    }

    private Matrix buffer(Matrix whole) {
        Precision precision = whole.precision();
        return Matrix.create(precision, size, whole.columns());
    }
}
