package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Matrix;

/// `|p - y|`, with slope 0 where they are equal.
final class Float64AbsoluteError extends Float64Losses {

    @Override
    /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double start) {
        double[] predicted = p.data();
        double[] wanted = y.data();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < p.columns(); j++) {
                sum += Math.abs(predicted[i * p.rowStride() + j * p.columnStride()]
                        - wanted[i * y.rowStride() + j * y.columnStride()]);
            }
        }
        return sum;
    }

    @Override
    void slopes(Float64Matrix p, Float64Matrix y, double factor, Float64Matrix d) {
        d.copy(p);
        scaleDifference(d, y, 1);
        double[] slopes = d.data();
        int size = d.rows() * d.columns();
        for (int i = 0; i < size; i++) {
            slopes[i] = factor * Math.signum(slopes[i]);
        }
    }
}
