package dev.descent.training.plan;

import dev.descent.core.data.Split;
import dev.descent.core.lint.Linter;
import dev.descent.core.train.TrainingSpec;
import dev.descent.training.recording.Recording;

/// Estimates what a job takes, before anything is allocated.
final class Memory {

    /// For everything that does not grow with the job.
    private static final long BASE = 1 << 20;

    private Memory() {}

    /// Bytes at the run's fullest: its matrices, the dataset's cells while they are read, the final weights as plain
    /// numbers, and the buffers of its recordings. `Long.MAX_VALUE` when that is less than it is.
    static long bytes(
            JobSpec spec, TrainingSpec training, Split.Parts parts, long featureBytesPerRow, Recording recording) {
        try {
            long rows = (long) parts.training().length + parts.validation().length + parts.test().length;
            long width = (long) spec.network().inputs() + spec.network().outputs();
            long test = parts.test().length * width * spec.precision().bytes();
            long cells = rows
                    * (featureBytesPerRow
                            + (1L + spec.targetColumns().size()) * Double.BYTES); // a column at a time becomes binary64
            long weights = spec.network().parameters() * Double.BYTES;
            long sum = training.memoryBytes(parts.training().length, parts.validation().length);
            long sampleWeights = spec.sampleWeight() == null ? 0 : sampleWeights(rows, training, parts);
            long linter = Linter.bytes(training, parts.training().length);
            for (long part : new long[] {test, cells, weights, sampleWeights, recording.memoryBytes(), linter, BASE}) {
                sum = Math.addExact(sum, part);
            }
            return sum;
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    /// The column's cells, the weights of all rows, and a batch of them in each of the two buffers that pass rows on.
    private static long sampleWeights(long rows, TrainingSpec training, Split.Parts parts) {
        long batch = training.batchSize(parts.training().length);
        return rows * Double.BYTES + (rows + 2 * batch) * training.precision().bytes();
    }
}
