package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// The terms of each loss and their slopes on whole matrices, in one precision; [Objective] reduces and scales them.
interface Losses {

    static Losses of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Losses();
            case FLOAT32 -> new Float32Losses();
        };
    }

    /// `start` plus the terms of all rows, added in row order in binary64.
    double sum(Loss loss, Matrix output, Matrix targets, double start);

    /// Writes `factor` times each term's slope with respect to the output into `delta`, all (n x outputs).
    void slopes(Loss loss, Matrix output, Matrix targets, double factor, Matrix delta);

    /// Writes softmax or sigmoid probabilities of logits, all (n x outputs); `probabilities` may be `logits`.
    void probabilities(Loss loss, Matrix logits, Matrix probabilities);
}
