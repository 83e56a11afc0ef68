package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run depends on besides its data; equal specs on equal data give equal bits.
///
/// The stream of `seed` first draws the weights in layer order, unless `initialWeights` gives them (then nothing is
/// drawn for them), then the batches, each followed by the masks of its dropout layers. With a `batchSeed` the batches
/// have a stream of their own, whatever is drawn for weights and masks. `threads` is how many threads share the work;
/// it changes no bit.
public record TrainingSpec(
        NetworkSpec network,
        @Nullable List<LayerWeights> initialWeights,
        Loss loss,
        Update update,
        Batches batches,
        Length length,
        Supervision supervision,
        Precision precision,
        long seed,
        @Nullable Long batchSeed,
        int threads) {

    public static final long MAXIMUM_SEED = (1L << 53) - 1;
    public static final int MAXIMUM_THREADS = 64;

    /// Rows that an evaluation passes through the network at once; no sum depends on it.
    static final int EVALUATION_ROWS = 1024;

    public TrainingSpec {
        Require.between("seed", seed, 0, MAXIMUM_SEED);
        if (batchSeed != null) {
            Require.between("batchSeed", batchSeed, 0, MAXIMUM_SEED);
        }
        Require.between("threads", threads, 1, MAXIMUM_THREADS);
        loss.requireFits(network);
        if (update.optimizer().needsFullBatch() && !(batches instanceof Batches.Full)) {
            throw new InvalidSpec(
                    "/batches",
                    "full-batch-required",
                    "this optimizer looks at one objective several times: it needs full batches");
        }
    }

    /// A run whose batches are drawn from the stream of `seed`.
    public TrainingSpec(
            NetworkSpec network,
            @Nullable List<LayerWeights> initialWeights,
            Loss loss,
            Update update,
            Batches batches,
            Length length,
            Supervision supervision,
            Precision precision,
            long seed,
            int threads) {
        this(network, initialWeights, loss, update, batches, length, supervision, precision, seed, null, threads);
    }

    /// A plain run: the optimizer alone, and nothing watched but the loss over all training rows, where
    /// `datasetLossEvery` is not 0.
    public TrainingSpec(
            NetworkSpec network,
            @Nullable List<LayerWeights> initialWeights,
            Loss loss,
            Optimizer optimizer,
            Batches batches,
            Length length,
            Precision precision,
            long seed,
            int threads,
            long datasetLossEvery) {
        this(
                network,
                initialWeights,
                loss,
                Update.by(optimizer),
                batches,
                length,
                new Supervision(null, new DivergenceRemedy.Fail(), List.of(), datasetLossEvery),
                precision,
                seed,
                threads);
    }

    /// The same run with nobody watching: what only looks is left out, and changes no bit.
    public TrainingSpec unwatched() {
        return new TrainingSpec(
                network,
                initialWeights,
                loss,
                update,
                batches,
                length,
                new Supervision(supervision.stopping(), supervision.divergence(), List.of(), 0),
                precision,
                seed,
                batchSeed,
                threads);
    }

    /// How many rows a step sees of `trainingRows`.
    public int batchSize(int trainingRows) {
        return switch (batches) {
            case Batches.Full full -> trainingRows;
            case Batches.Shuffled shuffled -> shuffled.size();
            case Batches.Sampled sampled -> sampled.size();
        };
    }

    /// How many steps an epoch has; the last batch of a partition may be smaller.
    public long stepsPerEpoch(int trainingRows) {
        return Math.ceilDiv(trainingRows, batchSize(trainingRows));
    }

    /// How many steps the whole run has.
    public long steps(int trainingRows) {
        return switch (length) {
            case Length.Epochs epochs -> Math.multiplyExact(epochs.count(), stepsPerEpoch(trainingRows));
            case Length.Steps steps -> steps.count();
        };
    }

    /// Bytes that the matrices of a run take, its data and one [Checkpoint] included.
    public long memoryBytes(int trainingRows, int validationRows) {
        int capacity = capacity(trainingRows, validationRows);
        long numbers = Math.multiplyExact(network.parameters(), 3L); // values, gradients, those before an update
        long widest = 0;
        for (PlacedLayer layer : network.placedLayers()) {
            numbers = Math.addExact(numbers, Math.multiplyExact((long) capacity, layer.numbersPerRow()));
            numbers += 2 * layer.statistics();
            widest = Math.max(widest, layer.weights());
        }
        if (supervision.stopping() instanceof EarlyStopping.ValidationLoss) {
            numbers = Math.addExact(numbers, network.storedNumbers());
        }
        long width = (long) network.inputs() + loss.targets(network.outputs());
        long rows = (long) trainingRows + validationRows + 2L * capacity;
        numbers = Math.addExact(numbers, Math.addExact(widest, Math.multiplyExact(rows, width)));
        long bytes = Math.addExact(
                Math.multiplyExact(numbers, (long) precision.bytes()),
                update.optimizer().bytesKept(network, precision, batchSize(trainingRows)));
        return Math.addExact(bytes, checkpointBytes(trainingRows));
    }

    /// Bytes of the numbers in a checkpoint of this run.
    long checkpointBytes(int trainingRows) {
        long numbers = network.storedNumbers();
        if (supervision.stopping() instanceof EarlyStopping.ValidationLoss rule && rule.restoreBest()) {
            numbers *= 2;
        }
        long order = batches instanceof Batches.Shuffled ? (long) trainingRows * Integer.BYTES : 0;
        return Math.multiplyExact(numbers, (long) precision.bytes())
                + update.optimizer().bytesRemembered(network, precision)
                + order
                + (batchSeed == null ? 1L : 2L) * NumpyRandom.STATE_WORDS * Integer.BYTES;
    }

    /// How many rows the network has buffers for: a batch, or a chunk of an evaluation.
    int capacity(int trainingRows, int validationRows) {
        boolean wholeSet =
                supervision.datasetLossEvery() > 0 || !supervision.metrics().isEmpty();
        int evaluated = Math.max(wholeSet ? trainingRows : 0, validationRows);
        return Math.max(batchSize(trainingRows), Math.min(evaluated, EVALUATION_ROWS));
    }
}
