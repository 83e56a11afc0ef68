package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// `log(1 + exp(z)) - y z`; where positives weigh w, `(1 - y) z + (1 + (w - 1) y) log(1 + exp(-z))`.
final class Float64BinaryCrossEntropy extends Float64Losses {

    private static final Activation SIGMOID = new Activation.Sigmoid();

    private final Float64Activations activations = new Float64Activations();
    private final double positive;

    Float64BinaryCrossEntropy(Loss.BinaryCrossEntropy binary) {
        positive = (double) binary.positiveWeight();
    }

    @Override
    /**/ double terms(Float64Matrix z, Float64Matrix y, int from, int to, /**/ double start) {
        double[] logits = z.data();
        double[] targets = y.data();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < z.columns(); j++) {
                double logit = logits[i * z.rowStride() + j * z.columnStride()];
                double wanted = targets[i * y.rowStride() + j * y.columnStride()];
                sum += positive == 1
                        ? Float64Functions.softplus(logit) - wanted * logit
                        : (1 - wanted) * logit + weight(wanted) * Float64Functions.softplus(-logit);
            }
        }
        return sum;
    }

    @Override
    void slopes(Float64Matrix z, Float64Matrix y, double factor, Float64Matrix d) {
        probabilities(z, d);
        if (positive == 1) {
            scaleDifference(d, y, factor);
            return;
        }
        double[] slopes = d.data();
        double[] targets = y.data();
        for (int j = 0; j < d.columns(); j++) {
            for (int i = 0; i < d.rows(); i++) {
                int at = i * d.rowStride() + j * d.columnStride();
                double wanted = targets[i * y.rowStride() + j * y.columnStride()];
                slopes[at] = factor * (weight(wanted) * slopes[at] - positive * wanted);
            }
        }
    }

    @Override
    public void probabilities(Matrix logits, Matrix probabilities) {
        probabilities.copy(logits);
        activations.forward(SIGMOID, probabilities, probabilities);
    }

    /// From 1 for a negative to the weight of a positive.
    private double weight(double target) {
        return 1 + (positive - 1) * target;
    }
}
