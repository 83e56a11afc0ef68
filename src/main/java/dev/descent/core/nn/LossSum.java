package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// An [Objective] over more rows than one batch, added up chunk by chunk in row order: how the rows are cut into chunks
/// changes no bit.
public final class LossSum {

    private final Objective objective;
    private double sum;
    private double weight;
    private int targets;

    LossSum(Objective objective) {
        this.objective = objective;
    }

    /// Forgets all rows.
    public void clear() {
        sum = 0;
        weight = 0;
    }

    /// Adds the rows of a chunk; weights (n x 1) as in [Objective].
    public void add(Matrix output, Matrix targets, @Nullable Matrix rowWeights) {
        sum = objective.sum(output, targets, rowWeights, sum);
        weight += objective.weight(targets, rowWeights);
        this.targets = targets.columns();
    }

    /// The objective over all rows added.
    public double value() {
        return objective.reduce(sum, weight, targets);
    }
}
