package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Functions;
import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;

/// [Activations] in binary64. The build makes `Float32Activations` of this file by writing `float` for every `double`.
final class Float64Activations implements Activations {

    @Override
    public void forward(Activation g, Matrix z, Matrix a) {
        double[] in = data(z);
        double[] out = data(a);
        int size = z.rows() * z.columns();
        switch (g) {
            case Activation.Identity identity -> System.arraycopy(in, 0, out, 0, size);
            case Activation.Relu relu -> {
                for (int i = 0; i < size; i++) {
                    out[i] = Math.max(in[i], 0); // NaN stays NaN, and -0.0 becomes 0.0
                }
            }
            case Activation.Sigmoid sigmoid -> Float64Functions.sigmoid(in, out, size);
            case Activation.Tanh tanh -> Float64Functions.tanh(in, out, size);
            case Activation.Softmax softmax -> {
                int row = ((Float64Matrix) z).rowStride();
                int column = ((Float64Matrix) z).columnStride();
                for (int i = 0; i < z.rows(); i++) {
                    softmax(in, i * row, z.columns(), column, out);
                }
            }
        }
    }

    @Override
    public void backward(Activation g, Matrix z, Matrix a, Matrix delta) {
        double[] in = data(z);
        double[] out = data(a);
        double[] d = data(delta);
        int size = z.rows() * z.columns();
        switch (g) {
            case Activation.Identity identity -> {}
            case Activation.Relu relu -> {
                for (int i = 0; i < size; i++) {
                    d[i] = in[i] > 0 ? d[i] : 0;
                }
            }
            case Activation.Sigmoid sigmoid -> {
                for (int i = 0; i < size; i++) {
                    d[i] *= out[i] * (1 - out[i]);
                }
            }
            case Activation.Tanh tanh -> {
                for (int i = 0; i < size; i++) {
                    d[i] *= 1 - out[i] * out[i];
                }
            }
            case Activation.Softmax softmax -> {
                int row = ((Float64Matrix) z).rowStride();
                int column = ((Float64Matrix) z).columnStride();
                for (int i = 0; i < z.rows(); i++) {
                    int end = i * row + z.columns() * column;
                    double mean = 0;
                    for (int at = i * row; at < end; at += column) {
                        mean += d[at] * out[at];
                    }
                    for (int at = i * row; at < end; at += column) {
                        d[at] = out[at] * (d[at] - mean);
                    }
                }
            }
        }
    }

    /// Softmax of the row of `width` entries, `step` apart, that begins at `first`, shifted by its maximum.
    private static void softmax(double[] z, int first, int width, int step, double[] a) {
        int end = first + width * step;
        double maximum = z[first];
        for (int at = first + step; at < end; at += step) {
            maximum = Math.max(maximum, z[at]);
        }
        double sum = 0;
        for (int at = first; at < end; at += step) {
            a[at] = Float64Functions.exp(z[at] - maximum);
            sum += a[at];
        }
        for (int at = first; at < end; at += step) {
            a[at] /= sum;
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
