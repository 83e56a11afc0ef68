package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [LayerKernels] in binary64. The build makes `Float32LayerKernels` of this file by writing `float` for every `double`
/// but those behind an empty comment.
final class Float64LayerKernels implements LayerKernels {

    @Override
    public void add(Matrix a, Matrix b) {
        double[] to = data(a);
        double[] from = data(b);
        for (int j = 0; j < a.columns(); j++) {
            int at = offset(a, j);
            int other = offset(b, j);
            int step = rowStride(a);
            int otherStep = rowStride(b);
            for (int i = 0; i < a.rows(); i++) {
                to[at + i * step] += from[other + i * otherStep];
            }
        }
    }

    @Override
    public void multiply(Matrix a, Matrix b) {
        double[] to = data(a);
        double[] from = data(b);
        for (int j = 0; j < a.columns(); j++) {
            int at = offset(a, j);
            int other = offset(b, j);
            int step = rowStride(a);
            int otherStep = rowStride(b);
            for (int i = 0; i < a.rows(); i++) {
                to[at + i * step] *= from[other + i * otherStep];
            }
        }
    }

    @Override
    public void sum(Matrix a, Matrix s) {
        double[] from = data(a);
        for (int j = 0; j < a.columns(); j++) {
            int at = offset(a, j);
            int step = rowStride(a);
            /**/ double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                sum += from[at + i * step];
            }
            s.set(0, j, sum);
        }
    }

    @Override
    public void sumProducts(Matrix a, Matrix b, Matrix s) {
        double[] left = data(a);
        double[] right = data(b);
        for (int j = 0; j < a.columns(); j++) {
            int at = offset(a, j);
            int other = offset(b, j);
            int step = rowStride(a);
            int otherStep = rowStride(b);
            /**/ double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                sum = Math.fma((/**/ double) left[at + i * step], right[other + i * otherStep], sum);
            }
            s.set(0, j, sum);
        }
    }

    @Override
    public void moments(Matrix x, Matrix mean, Matrix variance) {
        double[] from = data(x);
        int n = x.rows();
        for (int j = 0; j < x.columns(); j++) {
            int at = offset(x, j);
            int step = rowStride(x);
            /**/ double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += from[at + i * step];
            }
            /**/ double center = sum / n;
            /**/ double squares = 0;
            for (int i = 0; i < n; i++) {
                /**/ double deviation = from[at + i * step] - center;
                squares = Math.fma(deviation, deviation, squares);
            }
            mean.set(0, j, center);
            variance.set(0, j, squares / n);
        }
    }

    @Override
    public void normalize(Matrix x, Matrix mean, Matrix variance, /**/ double epsilon) {
        double[] values = data(x);
        for (int j = 0; j < x.columns(); j++) {
            int at = offset(x, j);
            int step = rowStride(x);
            double center = data(mean)[j];
            double factor = (double) (1 / Math.sqrt(data(variance)[j] + epsilon));
            for (int i = 0; i < x.rows(); i++) {
                values[at + i * step] = (values[at + i * step] - center) * factor;
            }
        }
    }

    @Override
    public void scaleAndShift(Matrix x, Matrix gamma, Matrix beta) {
        double[] values = data(x);
        for (int j = 0; j < x.columns(); j++) {
            int at = offset(x, j);
            int step = rowStride(x);
            double scale = data(gamma)[j];
            double shift = data(beta)[j];
            for (int i = 0; i < x.rows(); i++) {
                values[at + i * step] = scale * values[at + i * step] + shift;
            }
        }
    }

    @Override
    public void subtractMeans(Matrix d, Matrix x, Matrix gamma, Matrix beta) {
        double[] values = data(d);
        double[] normalized = data(x);
        int n = d.rows();
        for (int j = 0; j < d.columns(); j++) {
            int at = offset(d, j);
            int other = offset(x, j);
            int step = rowStride(d);
            int otherStep = rowStride(x);
            double scale = data(gamma)[j] / n;
            double shift = data(beta)[j] / n;
            for (int i = 0; i < n; i++) {
                values[at + i * step] -= normalized[other + i * otherStep] * scale + shift;
            }
        }
    }

    @Override
    public void divideByDeviation(Matrix d, Matrix gamma, Matrix variance, /**/ double epsilon) {
        double[] values = data(d);
        for (int j = 0; j < d.columns(); j++) {
            int at = offset(d, j);
            int step = rowStride(d);
            double factor = (double) (data(gamma)[j] / Math.sqrt(data(variance)[j] + epsilon));
            for (int i = 0; i < d.rows(); i++) {
                values[at + i * step] *= factor;
            }
        }
    }

    private static int offset(Matrix matrix, int column) {
        return column * ((Float64Matrix) matrix).columnStride();
    }

    private static int rowStride(Matrix matrix) {
        return ((Float64Matrix) matrix).rowStride();
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
