package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// `(s + (y - m)^2 exp(-s)) / 2 + log(2 pi) / 2` for means m and logarithms s of variances.
final class Float64GaussianLikelihood extends Float64Losses {

    static final double HALF_LOG_TWO_PI = (double) 0.9189385332046728;

    @Override
    /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double start) {
        double[] out = p.data();
        double[] wanted = y.data();
        int targets = y.columns();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < targets; j++) {
                int at = i * p.rowStride() + j * p.columnStride();
                double error = out[at] - wanted[i * y.rowStride() + j * y.columnStride()];
                double logVariance = out[at + targets * p.columnStride()];
                double square = error * error * Float64Functions.exp(-logVariance);
                sum += (logVariance + square) / 2 + HALF_LOG_TWO_PI;
            }
        }
        return sum;
    }

    @Override
    void slopes(Float64Matrix p, Float64Matrix y, double factor, Float64Matrix d) {
        double[] out = p.data();
        double[] wanted = y.data();
        double[] slopes = d.data();
        int targets = y.columns();
        for (int j = 0; j < targets; j++) {
            for (int i = 0; i < d.rows(); i++) {
                int at = i * p.rowStride() + j * p.columnStride();
                double error = out[at] - wanted[i * y.rowStride() + j * y.columnStride()];
                double pull = error * Float64Functions.exp(-out[at + targets * p.columnStride()]);
                int to = i * d.rowStride() + j * d.columnStride();
                slopes[to] = factor * pull;
                slopes[to + targets * d.columnStride()] = factor * (1 - error * pull) / 2;
            }
        }
    }

    /// Means, and standard deviations.
    @Override
    public void probabilities(Matrix output, Matrix parameters) {
        parameters.copy(output);
        Float64Matrix d = (Float64Matrix) parameters;
        for (int j = d.columns() / 2; j < d.columns(); j++) {
            for (int i = 0; i < d.rows(); i++) {
                int at = i * d.rowStride() + j * d.columnStride();
                d.data()[at] = Float64Functions.exp(d.data()[at] / 2);
            }
        }
    }
}
