package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// [Losses] in binary64. The build makes `Float32Losses` of this file by writing `float` for every `double` but those
/// behind an empty comment: sums are binary64 in both.
final class Float64Losses implements Losses {

    private static final Activation SIGMOID = new Activation.Sigmoid();
    private static final Activation SOFTMAX = new Activation.Softmax();

    private final Float64Activations activations = new Float64Activations();

    @Override
    public /**/ double sum(Loss loss, Matrix output, Matrix targets, @Nullable Matrix rowWeights, /**/ double start) {
        Float64Matrix p = (Float64Matrix) output;
        Float64Matrix y = (Float64Matrix) targets;
        /**/ double sum = start;
        for (int i = 0; i < output.rows(); i++) {
            sum = rowWeights == null ? terms(loss, p, y, i, sum) : sum + rowWeights.get(i, 0) * terms(loss, p, y, i, 0);
        }
        return sum;
    }

    @Override
    public /**/ double weight(Loss loss, Matrix targets, @Nullable Matrix rowWeights) {
        if (rowWeights == null) {
            return targets.rows();
        }
        /**/ double sum = 0;
        for (int i = 0; i < targets.rows(); i++) {
            sum += rowWeights.get(i, 0);
        }
        return sum;
    }

    @Override
    public void slopes(
            Loss loss, Matrix output, Matrix targets, @Nullable Matrix rowWeights, /**/ double factor, Matrix delta) {
        slopes(loss, output, targets, factor, delta);
        if (rowWeights != null) {
            scaleRows((Float64Matrix) delta, (Float64Matrix) rowWeights);
        }
    }

    /// `sum` plus the terms of one row.
    private static /**/ double terms(Loss loss, Float64Matrix p, Float64Matrix y, int row, /**/ double sum) {
        return switch (loss) {
            case Loss.SquaredError squared -> squaredError(p, y, row, sum);
            case Loss.BinaryCrossEntropy binary -> binaryCrossEntropy(p, y, row, sum);
            case Loss.SoftmaxCrossEntropy softmax -> sum + crossEntropy(p, y, row);
        };
    }

    private void slopes(Loss loss, Matrix output, Matrix targets, /**/ double factor, Matrix delta) {
        double scale = (double) factor;
        switch (loss) {
            case Loss.SquaredError squared -> {
                delta.copy(output);
                scaleDifference(delta, targets, 2 * scale);
            }
            case Loss.BinaryCrossEntropy binary -> {
                probabilities(loss, output, delta);
                scaleDifference(delta, targets, scale);
            }
            case Loss.SoftmaxCrossEntropy softmax -> {
                probabilities(loss, output, delta);
                scaleDifference(delta, targets, scale);
            }
        }
    }

    @Override
    public void probabilities(Loss loss, Matrix logits, Matrix probabilities) {
        probabilities.copy(logits);
        switch (loss) {
            case Loss.SquaredError squared -> {}
            case Loss.BinaryCrossEntropy binary -> activations.forward(SIGMOID, probabilities, probabilities);
            case Loss.SoftmaxCrossEntropy softmax -> activations.forward(SOFTMAX, probabilities, probabilities);
        }
    }

    /// `d <- scale (d - y)`: each loss here has the slope `prediction - target`, but for its scale.
    private static void scaleDifference(Matrix delta, Matrix targets, double scale) {
        Float64Matrix d = (Float64Matrix) delta;
        Float64Matrix y = (Float64Matrix) targets;
        double[] slopes = d.data();
        double[] wanted = y.data();
        int size = d.rows() * d.columns();
        if (d.isLaidOutAs(y)) {
            for (int i = 0; i < size; i++) {
                slopes[i] = scale * (slopes[i] - wanted[i]);
            }
            return;
        }
        for (int j = 0; j < d.columns(); j++) {
            for (int i = 0; i < d.rows(); i++) {
                int at = i * d.rowStride() + j * d.columnStride();
                slopes[at] = scale * (slopes[at] - wanted[i * y.rowStride() + j * y.columnStride()]);
            }
        }
    }

    private static void scaleRows(Float64Matrix delta, Float64Matrix weights) {
        for (int j = 0; j < delta.columns(); j++) {
            for (int i = 0; i < delta.rows(); i++) {
                delta.data()[i * delta.rowStride() + j * delta.columnStride()] *=
                        weights.data()[i * weights.rowStride()];
            }
        }
    }

    private static /**/ double squaredError(Float64Matrix p, Float64Matrix y, int row, /**/ double sum) {
        for (int j = 0; j < p.columns(); j++) {
            double error = p.data()[row * p.rowStride() + j * p.columnStride()]
                    - y.data()[row * y.rowStride() + j * y.columnStride()];
            sum += error * error;
        }
        return sum;
    }

    /// log(1 + exp(z)) - y z.
    private static /**/ double binaryCrossEntropy(Float64Matrix z, Float64Matrix y, int row, /**/ double sum) {
        for (int j = 0; j < z.columns(); j++) {
            double logit = z.data()[row * z.rowStride() + j * z.columnStride()];
            sum += Float64Functions.softplus(logit) - y.data()[row * y.rowStride() + j * y.columnStride()] * logit;
        }
        return sum;
    }

    /// `sum over j of y_j (logsumexp(z) - z_j)`.
    private static double crossEntropy(Float64Matrix z, Float64Matrix y, int row) {
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
        for (int j = 0; j < z.columns(); j++) {
            double wanted = y.data()[row * y.rowStride() + j * y.columnStride()];
            if (wanted != 0) {
                loss += wanted * (logarithm - logits[first + j * step]);
            }
        }
        return loss;
    }
}
