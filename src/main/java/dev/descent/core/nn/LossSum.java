package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// An [Objective] over more rows than one batch, added up chunk by chunk in row order: how the rows are cut into chunks
/// changes no bit.
public final class LossSum {

    private final LossHead.Sum[] heads;

    LossSum(LossHead[] heads) {
        this.heads = new LossHead.Sum[heads.length];
        for (int i = 0; i < heads.length; i++) {
            this.heads[i] = heads[i].new Sum();
        }
    }

    /// Forgets all rows.
    public void clear() {
        for (LossHead.Sum head : heads) {
            head.clear();
        }
    }

    /// Adds the rows of a chunk; weights (n x 1) as in [Objective].
    public void add(Matrix output, Matrix targets, @Nullable Matrix rowWeights) {
        for (LossHead.Sum head : heads) {
            head.add(output, targets, rowWeights);
        }
    }

    /// The objective over all rows added.
    public double value() {
        double value = 0;
        for (LossHead.Sum head : heads) {
            value += head.value();
        }
        return value;
    }
}
