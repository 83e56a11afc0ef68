package dev.descent.core.train;

import dev.descent.core.Require;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.optim.Optimizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run depends on besides its data; equal specs on equal data give equal bits.
///
/// The stream of `seed` first draws the weights in layer order, unless `initialWeights` gives them (then nothing is
/// drawn for them), then the batches. `threads` is how many threads share the work; it changes no bit.
/// `datasetLossEvery` asks for the objective over all training rows before every so many steps' update; 0 for never.
public record TrainingSpec(
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

    public static final long MAXIMUM_SEED = (1L << 53) - 1;
    public static final int MAXIMUM_THREADS = 64;

    /// Rows that an evaluation passes through the network at once; no sum depends on it.
    static final int EVALUATION_ROWS = 1024;

    public TrainingSpec {
        Require.between("seed", seed, 0, MAXIMUM_SEED);
        Require.between("threads", threads, 1, MAXIMUM_THREADS);
        Require.between("datasetLossEvery", datasetLossEvery, 0, Length.MAXIMUM_STEPS);
        loss.requireFits(network);
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

    /// Bytes that the matrices of a run take, its data included; the sum of what [Trainer#start] allocates.
    public long memoryBytes(int trainingRows, int validationRows) {
        int capacity = capacity(trainingRows, validationRows);
        long numbers = Math.multiplyExact(network.parameters(), 2L + optimizer.slots());
        long widest = 0;
        for (PlacedLayer layer : network.placedLayers()) {
            numbers = Math.addExact(numbers, Math.multiplyExact((long) capacity, layer.numbersPerRow()));
            numbers += 2 * layer.statistics();
            widest = Math.max(widest, layer.weights());
        }
        long width = (long) network.inputs() + network.outputs();
        long rows = (long) trainingRows + validationRows + 2L * capacity;
        numbers = Math.addExact(numbers, Math.addExact(widest, Math.multiplyExact(rows, width)));
        return Math.multiplyExact(numbers, (long) precision.bytes());
    }

    /// How many rows the network has buffers for: a batch, or a chunk of an evaluation.
    int capacity(int trainingRows, int validationRows) {
        int evaluated = Math.max(datasetLossEvery > 0 ? trainingRows : 0, validationRows);
        return Math.max(batchSize(trainingRows), Math.min(evaluated, EVALUATION_ROWS));
    }
}
