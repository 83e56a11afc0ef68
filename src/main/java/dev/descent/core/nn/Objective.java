package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import org.jspecify.annotations.Nullable;

/// A loss at work in one precision: the number that training minimises, and its gradient.
///
/// Rows may have weights (n x 1, none below 0; null for 1 each): the sum then adds up `w_i l_i`, and the mean divides
/// that by the sum of the weights, as PyTorch does with the weights of classes. Where all weights of a mean are 0 it is
/// 0, with no gradient. One thread at a time; nothing is allocated after the first batch of the largest size.
public final class Objective {

    private final Loss loss;
    private final LossHead[] heads;

    public Objective(Loss loss, Precision precision) {
        this.loss = loss;
        heads = LossHead.of(loss, precision);
    }

    public Loss loss() {
        return loss;
    }

    /// Returns the objective over a batch and leaves dJ/d(output) in `delta`; output and delta are (n x outputs), the
    /// targets (n x [Loss#targets]).
    public double evaluate(Matrix output, Matrix targets, @Nullable Matrix rowWeights, Matrix delta) {
        double value = 0;
        for (LossHead head : heads) {
            value += head.evaluate(output, targets, rowWeights, delta);
        }
        return value;
    }

    /// An empty sum of this objective, for more rows than one batch.
    public LossSum sum() {
        return new LossSum(heads);
    }

    /// Turns raw outputs into what the loss takes them for, head by head: probabilities for the cross-entropies; means
    /// and standard deviations for the Gaussian; shares, means and standard deviations for the mixture; else
    /// themselves. `probabilities` may not be `output`.
    public void probabilities(Matrix output, Matrix probabilities) {
        for (LossHead head : heads) {
            head.probabilities(output, probabilities);
        }
    }
}
