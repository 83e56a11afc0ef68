package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import org.jspecify.annotations.Nullable;

/// A loss at work in one precision: the number that training minimises, and its gradient.
///
/// Rows may have weights (n x 1, none below 0; null for 1 each): the sum then adds up `w_i l_i`, and the mean divides
/// that by the sum of the weights, as PyTorch does with the weights of classes. Where all weights of a mean are 0 it is
/// 0, with no gradient.
public final class Objective {

    private final Loss loss;
    private final Losses kernels;

    public Objective(Loss loss, Precision precision) {
        this.loss = loss;
        this.kernels = Losses.of(precision);
    }

    /// Returns the objective over a batch and leaves dJ/d(output) in `delta`; all (n x outputs) but the row weights.
    public double evaluate(Matrix output, Matrix targets, @Nullable Matrix rowWeights, Matrix delta) {
        double divisor = divisor(kernels.weight(loss, targets, rowWeights), targets.columns());
        kernels.slopes(loss, output, targets, rowWeights, loss.scale() / divisor, delta);
        return loss.scale() * (kernels.sum(loss, output, targets, rowWeights, 0) / divisor);
    }

    /// An empty sum of this objective, for more rows than one batch.
    public LossSum sum() {
        return new LossSum(this);
    }

    /// `start` plus the weighted terms of these rows, neither reduced nor scaled.
    double sum(Matrix output, Matrix targets, @Nullable Matrix rowWeights, double start) {
        return kernels.sum(loss, output, targets, rowWeights, start);
    }

    /// What these rows weigh in the mean over rows.
    double weight(Matrix targets, @Nullable Matrix rowWeights) {
        return kernels.weight(loss, targets, rowWeights);
    }

    /// The objective, given the sum of the terms of rows that together weigh `weight`.
    double reduce(double sum, double weight, int targets) {
        return loss.scale() * (sum / divisor(weight, targets));
    }

    /// Turns raw outputs into what the loss takes them for: probabilities for the cross-entropies, else themselves.
    public void probabilities(Matrix output, Matrix probabilities) {
        kernels.probabilities(loss, output, probabilities);
    }

    /// What the sum of the terms is divided by.
    private double divisor(double weight, int targets) {
        return switch (loss.reduction()) {
            case SUM -> 1;
            case MEAN -> {
                double terms = loss instanceof Loss.SoftmaxCrossEntropy ? weight : weight * targets;
                yield terms == 0 ? 1 : terms;
            }
        };
    }
}
