package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Losses] in binary64. The build makes `Float32Losses` of this file by writing `float` for every `double` but those
/// behind an empty comment: sums are binary64 in both.
final class Float64Losses implements Losses {

    private static final Activation IDENTITY = new Activation.Identity();
    private static final Activation SIGMOID = new Activation.Sigmoid();
    private static final Activation SOFTMAX = new Activation.Softmax();

    private final Float64Activations activations = new Float64Activations();

    @Override
    public /**/ double sum(Loss loss, Matrix output, Matrix targets, /**/ double start) {
        double[] p = data(output);
        double[] y = data(targets);
        int size = output.rows() * output.columns();
        /**/ double sum = start;
        switch (loss) {
            case Loss.SquaredError squared -> {
                for (int i = 0; i < size; i++) {
                    double error = p[i] - y[i];
                    sum += error * error;
                }
            }
            case Loss.BinaryCrossEntropy binary -> {
                for (int i = 0; i < size; i++) {
                    sum += Float64Functions.softplus(p[i]) - y[i] * p[i]; // log(1 + exp(z)) - y z
                }
            }
            case Loss.SoftmaxCrossEntropy softmax -> {
                int width = output.columns();
                for (int at = 0; at < size; at += width) {
                    sum += crossEntropy(p, y, at, width);
                }
            }
        }
        return sum;
    }

    @Override
    public void slopes(Loss loss, Matrix output, Matrix targets, /**/ double factor, Matrix delta) {
        double[] y = data(targets);
        double[] d = data(delta);
        int size = output.rows() * output.columns();
        double scale = (double) factor;
        switch (loss) {
            case Loss.SquaredError squared -> {
                double[] p = data(output);
                double twice = 2 * scale;
                for (int i = 0; i < size; i++) {
                    d[i] = twice * (p[i] - y[i]);
                }
            }
            case Loss.BinaryCrossEntropy binary -> slopesOfProbabilities(loss, output, y, scale, delta, d, size);
            case Loss.SoftmaxCrossEntropy softmax -> slopesOfProbabilities(loss, output, y, scale, delta, d, size);
        }
    }

    @Override
    public void probabilities(Loss loss, Matrix logits, Matrix probabilities) {
        switch (loss) {
            case Loss.SquaredError squared -> activations.forward(IDENTITY, logits, probabilities);
            case Loss.BinaryCrossEntropy binary -> activations.forward(SIGMOID, logits, probabilities);
            case Loss.SoftmaxCrossEntropy softmax -> activations.forward(SOFTMAX, logits, probabilities);
        }
    }

    /// Both cross-entropies have the slope `probability - target` with respect to their logits.
    private void slopesOfProbabilities(
            Loss loss, Matrix logits, double[] y, double scale, Matrix delta, double[] d, int size) {
        probabilities(loss, logits, delta);
        for (int i = 0; i < size; i++) {
            d[i] = scale * (d[i] - y[i]);
        }
    }

    /// `sum over j of y_j (logsumexp(z) - z_j)` for the row that begins at `at`.
    private static double crossEntropy(double[] z, double[] y, int at, int width) {
        double maximum = z[at];
        for (int j = at + 1; j < at + width; j++) {
            maximum = Math.max(maximum, z[j]);
        }
        double sum = 0;
        for (int j = at; j < at + width; j++) {
            sum += Float64Functions.exp(z[j] - maximum);
        }
        double logarithm = Float64Functions.log(sum) + maximum;
        double loss = 0;
        for (int j = at; j < at + width; j++) {
            if (y[j] != 0) {
                loss += y[j] * (logarithm - z[j]);
            }
        }
        return loss;
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
