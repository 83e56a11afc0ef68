package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import org.jspecify.annotations.Nullable;

/// The terms of a loss and their slopes on whole matrices, in one precision; [LossHead] reduces and scales them.
///
/// Row weights are (n x 1); null for 1 each.
interface Losses {

    /// The kernels of any loss but a weighted sum, whose terms have kernels of their own.
    static Losses of(Loss loss, Precision precision) {
        return switch (precision) {
            case FLOAT64 -> Float64Losses.of(loss);
            case FLOAT32 -> Float32Losses.of(loss);
        };
    }

    /// `start` plus the weighted terms of all rows, added in row order in binary64.
    double sum(Matrix output, Matrix targets, @Nullable Matrix rowWeights, double start);

    /// `start` plus what the rows weigh in a mean over rows, added in row order in binary64.
    double weight(Matrix targets, @Nullable Matrix rowWeights, double start);

    /// How many terms a mean counts in a row with so many targets.
    int termsPerRow(int targets);

    /// Writes `factor` times each weighted term's slope with respect to the output into `delta`.
    void slopes(Matrix output, Matrix targets, @Nullable Matrix rowWeights, double factor, Matrix delta);

    /// Writes what [Objective#probabilities] says of the output.
    void probabilities(Matrix output, Matrix probabilities);
}
