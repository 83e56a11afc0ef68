package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Activations] in binary64. The build makes `Float32Activations` of this file by writing `float` for every `double`.
final class Float64Activations implements Activations {

    private final Float64ActivationValues values = new Float64ActivationValues();
    private final Float64ActivationSlopes slopes = new Float64ActivationSlopes();

    @Override
    public void forward(Activation g, Matrix z, Matrix a) {
        if (g instanceof Activation.Softmax) {
            softmax((Float64Matrix) z, data(a));
        } else {
            values.write(g, data(z), data(a), 0, z.rows() * z.columns());
        }
    }

    @Override
    public void forward(Activation g, Matrix z, Matrix a, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        Float64Matrix from = (Float64Matrix) z;
        boolean byRows = from.columnStride() == 1 && z.columns() > 1;
        int stride = byRows ? from.rowStride() : from.columnStride();
        int begin = byRows ? firstColumn : firstRow;
        int end = byRows ? lastColumn : lastRow;
        int first = byRows ? firstRow : firstColumn;
        int last = byRows ? lastRow : lastColumn;
        if (begin == 0 && end == stride) {
            values.write(g, data(z), data(a), first * stride, last * stride);
            return;
        }
        for (int line = first; line < last; line++) {
            values.write(g, data(z), data(a), line * stride + begin, line * stride + end);
        }
    }

    @Override
    public void backward(Activation g, Matrix z, Matrix a, Matrix delta) {
        if (g instanceof Activation.Softmax) {
            softmaxSlope((Float64Matrix) a, data(delta));
        } else {
            slopes.multiply(g, data(z), data(a), data(delta), z.rows() * z.columns());
        }
    }

    /// The softmax of each row, shifted by its maximum.
    private static void softmax(Float64Matrix z, double[] a) {
        double[] in = z.data();
        int step = z.columnStride();
        for (int i = 0; i < z.rows(); i++) {
            int first = i * z.rowStride();
            int end = first + z.columns() * step;
            double maximum = in[first];
            for (int at = first + step; at < end; at += step) {
                maximum = Math.max(maximum, in[at]);
            }
            double sum = 0;
            for (int at = first; at < end; at += step) {
                a[at] = Float64Functions.exp(in[at] - maximum);
                sum += a[at];
            }
            for (int at = first; at < end; at += step) {
                a[at] /= sum;
            }
        }
    }

    /// `d_i <- a_i (d_i - sum_j d_j a_j)` in each row.
    private static void softmaxSlope(Float64Matrix a, double[] d) {
        double[] out = a.data();
        int step = a.columnStride();
        for (int i = 0; i < a.rows(); i++) {
            int first = i * a.rowStride();
            int end = first + a.columns() * step;
            double mean = 0;
            for (int at = first; at < end; at += step) {
                mean += d[at] * out[at];
            }
            for (int at = first; at < end; at += step) {
                d[at] = out[at] * (d[at] - mean);
            }
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
