package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Matrix;

/// `(p - y)^2`.
final class Float64SquaredError extends Float64Losses {

    @Override
    /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double start) {
        double[] predicted = p.data();
        double[] wanted = y.data();
        int width = p.columns();
        int step = p.columnStride();
        int yStep = y.columnStride();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            int at = i * p.rowStride();
            int yAt = i * y.rowStride();
            for (int j = 0; j < width; j++) {
                double error = predicted[at + j * step] - wanted[yAt + j * yStep];
                sum += error * error;
            }
        }
        return sum;
    }

    @Override
    void slopes(Float64Matrix p, Float64Matrix y, double factor, Float64Matrix d) {
        d.copy(p);
        scaleDifference(d, y, 2 * factor);
    }
}
