package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Matrix;

/// `e^2 / 2` for errors e up to delta, `delta (|e| - delta / 2)` beyond; the slope is the error cut at delta.
final class Float64Huber extends Float64Losses {

    private final double limit;

    Float64Huber(Loss.Huber huber) {
        limit = (double) huber.delta();
    }

    @Override
    /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double start) {
        double[] predicted = p.data();
        double[] wanted = y.data();
        /**/ double sum = start;
        for (int i = from; i < to; i++) {
            for (int j = 0; j < p.columns(); j++) {
                double error = Math.abs(predicted[i * p.rowStride() + j * p.columnStride()]
                        - wanted[i * y.rowStride() + j * y.columnStride()]);
                sum += error <= limit ? error * error / 2 : limit * (error - limit / 2);
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
            slopes[i] = factor * Math.max(-limit, Math.min(limit, slopes[i]));
        }
    }
}
