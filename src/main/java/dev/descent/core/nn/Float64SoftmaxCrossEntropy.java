package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// `sum over k of t_k (logsumexp(z) - z_k)`, where t is the row of targets, smoothed and weighted.
final class Float64SoftmaxCrossEntropy extends Float64Losses {

    private static final Activation SOFTMAX = new Activation.Softmax();

    private final Float64Activations activations = new Float64Activations();
    private final boolean plain;
    private final double kept;
    private final double spread;
    private final double[] classWeights; // empty for 1 each

    Float64SoftmaxCrossEntropy(Loss.SoftmaxCrossEntropy softmax) {
        var given = softmax.classWeights();
        classWeights = new double[given == null ? 0 : given.size()];
        for (int k = 0; given != null && k < classWeights.length; k++) {
            classWeights[k] = (double) given.get(k).doubleValue();
        }
        kept = (double) (1 - softmax.labelSmoothing());
        spread = (double) softmax.labelSmoothing();
        plain = spread == 0 && classWeights.length == 0;
    }

    @Override
    /**/ double terms(Float64Matrix z, Float64Matrix y, int from, int to, /**/ double start) {
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            sum += crossEntropy(z, y, i);
        }
        return sum;
    }

    private double crossEntropy(Float64Matrix z, Float64Matrix y, int row) {
        double[] logits = z.data();
        int step = z.columnStride();
        int first = row * z.rowStride();
        int end = first + z.columns() * step;
        double maximum = logits[first];
        for (int at = first + step; at < end; at += step) {
            maximum = Math.max(maximum, logits[at]);
        }
        double sum = 0;
        for (int at = first; at < end; at += step) {
            sum += Float64Functions.exp(logits[at] - maximum);
        }
        double logarithm = Float64Functions.log(sum) + maximum;
        double loss = 0;
        for (int k = 0; k < z.columns(); k++) {
            double wanted = wanted(y, row, k);
            if (wanted != 0) {
                loss += wanted * (logarithm - logits[first + k * step]);
            }
        }
        return loss;
    }

    @Override
    public /**/ double weight(Matrix targets, @Nullable Matrix rowWeights, /**/ double start) {
        if (classWeights.length == 0) {
            return super.weight(targets, rowWeights, start);
        }
        /**/ double sum = start;
        for (int i = 0; i < targets.rows(); i++) {
            /**/ double weight = 0;
            for (int k = 0; k < classWeights.length; k++) {
                weight += classWeights[k] * targets.get(i, k);
            }
            sum += rowWeights == null ? weight : rowWeights.get(i, 0) * weight;
        }
        return sum;
    }

    @Override
    public int termsPerRow(int targets) {
        return 1;
    }

    @Override
    void slopes(Float64Matrix z, Float64Matrix y, double factor, Float64Matrix d) {
        probabilities(z, d);
        if (plain) {
            scaleDifference(d, y, factor);
            return;
        }
        double[] slopes = d.data();
        for (int i = 0; i < d.rows(); i++) {
            double total = 0;
            for (int k = 0; k < d.columns(); k++) {
                total += wanted(y, i, k);
            }
            for (int k = 0; k < d.columns(); k++) {
                int at = i * d.rowStride() + k * d.columnStride();
                slopes[at] = factor * (total * slopes[at] - wanted(y, i, k));
            }
        }
    }

    @Override
    public void probabilities(Matrix logits, Matrix probabilities) {
        probabilities.copy(logits);
        activations.forward(SOFTMAX, probabilities, probabilities);
    }

    private double wanted(Float64Matrix y, int row, int k) {
        double target = y.data()[row * y.rowStride() + k * y.columnStride()];
        if (plain) {
            return target;
        }
        double smoothed = kept * target + spread / y.columns();
        return classWeights.length == 0 ? smoothed : classWeights[k] * smoothed;
    }
}
