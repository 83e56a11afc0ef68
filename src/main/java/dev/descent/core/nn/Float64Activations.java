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
                    out[i] = in[i] > 0 ? in[i] : in[i] * 0; // NaN stays NaN
                }
            }
            case Activation.Sigmoid sigmoid -> Float64Functions.sigmoid(in, out, size);
            case Activation.Tanh tanh -> Float64Functions.tanh(in, out, size);
            case Activation.Softmax softmax -> {
                for (int i = 0; i < z.rows(); i++) {
                    softmax(in, i * z.columns(), z.columns(), out);
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
                int width = z.columns();
                for (int at = 0; at < size; at += width) {
                    double mean = 0;
                    for (int j = at; j < at + width; j++) {
                        mean += d[j] * out[j];
                    }
                    for (int j = at; j < at + width; j++) {
                        d[j] = out[j] * (d[j] - mean);
                    }
                }
            }
        }
    }

    /// Softmax of the row of `width` entries that begins at `at`, shifted by its maximum.
    static void softmax(double[] z, int at, int width, double[] a) {
        double maximum = z[at];
        for (int j = at + 1; j < at + width; j++) {
            maximum = Math.max(maximum, z[j]);
        }
        double sum = 0;
        for (int j = at; j < at + width; j++) {
            a[j] = Float64Functions.exp(z[j] - maximum);
            sum += a[j];
        }
        for (int j = at; j < at + width; j++) {
            a[j] /= sum;
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }
}
