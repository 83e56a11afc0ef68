package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// A loss at work in one precision: the number that training minimises, and its gradient.
public final class Objective {

    private final Loss loss;
    private final Losses kernels;

    public Objective(Loss loss, Precision precision) {
        this.loss = loss;
        this.kernels = Losses.of(precision);
    }

    /// Returns the objective over a batch and leaves dJ/d(output) in `delta`; all (n x outputs).
    public double evaluate(Matrix output, Matrix targets, Matrix delta) {
        double weight = loss.scale() / terms(output.rows(), output.columns());
        kernels.slopes(loss, output, targets, weight, delta);
        return reduce(kernels.sum(loss, output, targets, 0), output.rows(), output.columns());
    }

    /// `start` plus the terms of these rows, neither reduced nor scaled: for sums over more rows than one batch.
    public double sum(Matrix output, Matrix targets, double start) {
        return kernels.sum(loss, output, targets, start);
    }

    /// The objective, given the sum of the terms of `rows` rows.
    public double reduce(double sum, int rows, int outputs) {
        return loss.scale() * (sum / terms(rows, outputs));
    }

    /// Turns raw outputs into what the loss takes them for: probabilities for the cross-entropies, else themselves.
    public void probabilities(Matrix output, Matrix probabilities) {
        kernels.probabilities(loss, output, probabilities);
    }

    /// What the sum of the terms is divided by.
    private double terms(int rows, int outputs) {
        return switch (loss.reduction()) {
            case SUM -> 1;
            case MEAN -> loss instanceof Loss.SoftmaxCrossEntropy ? rows : (double) rows * outputs;
        };
    }
}
