package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Rows;
import dev.descent.core.linalg.Selection;
import dev.descent.core.optim.StateWalk;
import dev.descent.core.random.NumpyRandom;
import org.jspecify.annotations.Nullable;

/// Hands out the batches of a run, one after the other: inputs as a selection of the training rows, the rest copied
/// into buffers that it uses again.
final class BatchSource {

    private final Batches batches;
    private final TrainingData data;
    private final NumpyRandom random;
    private final int size;
    private final int[] rows;
    private final Rows inputs;
    private final Matrix targets;
    private final @Nullable Matrix weights;
    private int first; // of the current batch in [#rows]
    private int next;

    BatchSource(Batches batches, int size, TrainingData data, NumpyRandom random) {
        this.batches = batches;
        this.data = data;
        this.random = random;
        this.size = size;
        ExampleSet rows = data.training();
        boolean whole = batches instanceof Batches.Full;
        inputs = whole ? rows.inputs() : new Selection(rows.inputs(), size);
        targets = whole ? rows.targets() : buffer(rows.targets());
        weights = whole || rows.weights() == null ? rows.weights() : buffer(rows.weights());
        this.rows = switch (batches) {
            case Batches.Full full -> new int[0];
            case Batches.Shuffled shuffled -> new int[data.rows()];
            case Batches.Sampled sampled -> new int[size];
        };
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

    /// Fills [#inputs], [#targets] and [#weights] with the next batch.
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
    Rows inputs() {
        return inputs;
    }

    /// y (n x outputs) of the current batch.
    Matrix targets() {
        return targets;
    }

    /// What each row of the current batch weighs (n x 1); null for 1 each.
    @Nullable
    Matrix weights() {
        return weights;
    }

    /// Which of the training rows stands at `position` in the current batch.
    int row(int position) {
        return batches instanceof Batches.Full ? position : rows[first + position];
    }

    /// Takes `walk` past the order of an epoch's rows and the place in it; sampled rows are drawn anew each step.
    void walk(StateWalk walk) {
        if (batches instanceof Batches.Shuffled) {
            walk.integers("batches.rows", rows, 0, data.rows() - 1);
            next = (int) walk.integer("batches.next", next, 0, rows.length);
        }
    }

    private void gather(int from, int count) {
        first = from;
        ExampleSet all = data.training();
        if (inputs instanceof Selection selection) {
            selection.select(rows, from, count);
        }
        targets.gather(all.targets(), rows, from, count);
        if (weights != null && all.weights() != null) {
            weights.gather(all.weights(), rows, from, count);
        }
    }

    private Matrix buffer(Matrix whole) {
        Precision precision = whole.precision();
        return Matrix.create(precision, size, whole.columns());
    }
}
