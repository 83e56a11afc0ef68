package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import org.jspecify.annotations.Nullable;

/// The terms of each loss and their slopes on whole matrices, in one precision; [Objective] reduces and scales them.
///
/// Row weights are (n x 1); null for 1 each.
interface Losses {

    static Losses of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Losses();
            case FLOAT32 -> new Float32Losses();
        };
    }

    /// `start` plus the weighted terms of all rows, added in row order in binary64.
    double sum(Loss loss, Matrix output, Matrix targets, @Nullable Matrix rowWeights, double start);

    /// What the rows weigh in a mean over rows, added in row order in binary64.
    double weight(Loss loss, Matrix targets, @Nullable Matrix rowWeights);

    /// Writes `factor` times each weighted term's slope with respect to the output into `delta`.
    void slopes(Loss loss, Matrix output, Matrix targets, @Nullable Matrix rowWeights, double factor, Matrix delta);

    /// Writes softmax or sigmoid probabilities of logits, all (n x outputs); `probabilities` may be `logits`.
    void probabilities(Loss loss, Matrix logits, Matrix probabilities);
}
