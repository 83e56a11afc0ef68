package dev.descent.core.optim;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Adjustments] in binary64. The build makes `Float32Adjustments` of this file.
final class Float64Adjustments implements Adjustments {

    @Override
    public /**/ double penalize(Matrix w, Matrix g, /**/ double l1, /**/ double l2) {
        double[] weights = data(w);
        double[] gradients = data(g);
        double absolute = (double) l1;
        double square = (double) l2;
        int rowStep = ((Float64Matrix) w).rowStride();
        int columnStep = ((Float64Matrix) w).columnStride();
        /**/ double sum = 0;
        /**/ double squares = 0;
        for (int i = 0; i < w.rows(); i++) {
            int end = i * rowStep + w.columns() * columnStep;
            for (int at = i * rowStep; at < end; at += columnStep) {
                double weight = weights[at];
                gradients[at] += absolute * Math.signum(weight) + square * weight;
                sum += Math.abs(weight);
                squares += (/**/ double) weight * weight;
            }
        }
        return l1 * sum + l2 / 2 * squares;
    }

    @Override
    public /**/ double penalty(Matrix w, /**/ double l1, /**/ double l2) {
        double[] weights = data(w);
        int rowStep = ((Float64Matrix) w).rowStride();
        int columnStep = ((Float64Matrix) w).columnStride();
        /**/ double sum = 0;
        /**/ double squares = 0;
        for (int i = 0; i < w.rows(); i++) {
            int end = i * rowStep + w.columns() * columnStep;
            for (int at = i * rowStep; at < end; at += columnStep) {
                sum += Math.abs(weights[at]);
                squares += (/**/ double) weights[at] * weights[at];
            }
        }
        return l1 * sum + l2 / 2 * squares;
    }

    @Override
    public void project(Matrix w, /**/ double maxNorm) {
        double[] weights = data(w);
        int rowStep = ((Float64Matrix) w).rowStride();
        int columnStep = ((Float64Matrix) w).columnStride();
        for (int i = 0; i < w.rows(); i++) {
            int begin = i * rowStep;
            int end = begin + w.columns() * columnStep;
            /**/ double squares = 0;
            for (int at = begin; at < end; at += columnStep) {
                squares += (/**/ double) weights[at] * weights[at];
            }
            /**/ double norm = Math.sqrt(squares);
            if (norm > maxNorm) {
                double factor = (double) (maxNorm / norm);
                for (int at = begin; at < end; at += columnStep) {
                    weights[at] *= factor;
                }
            }
        }
    }

    @Override
    public void clamp(Matrix g, /**/ double limit) {
        double[] gradients = data(g);
        double bound = (double) limit;
        int size = g.rows() * g.columns();
        for (int i = 0; i < size; i++) {
            gradients[i] = Math.max(-bound, Math.min(bound, gradients[i]));
        }
    }

    @Override
    public void scale(Matrix g, /**/ double factor) {
        double[] gradients = data(g);
        double by = (double) factor;
        int size = g.rows() * g.columns();
        for (int i = 0; i < size; i++) {
            gradients[i] *= by;
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
