package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Elementwise;
import java.util.Arrays;

/// `d <- g'(z) d` in binary64, for every activation that looks at one number at a time; made like
/// [Float64ActivationValues]. One instance a thread.
///
/// The build makes `Float32ActivationSlopes` of this file.
final class Float64ActivationSlopes {

    private static final int BLOCK = Float64ActivationValues.BLOCK;

    private static final double ONE_OVER_ROOT_TWO_PI = (double) 0.3989422804014327;

    private static final double SELU_ABOVE = Float64ActivationValues.SELU_SCALE;
    private static final double SELU_BELOW = Float64ActivationValues.SELU_SCALE * Float64ActivationValues.SELU_ALPHA;

    private final double[] block = new double[BLOCK];
    private final double[] other = new double[BLOCK];

    /// Multiplies the first `size` entries of d with the slopes at z, where a = g(z).
    void multiply(Activation g, double[] z, double[] a, double[] d, int size) {
        for (int from = 0; from < size; from += BLOCK) {
            multiply(g, z, a, d, from, Math.min(BLOCK, size - from));
        }
    }

    private void multiply(Activation g, double[] z, double[] a, double[] d, int from, int size) {
        switch (g) {
            case Activation.Identity identity -> {}
            case Activation.Relu relu -> Float64Elementwise.clearUnlessPositive(z, from, d, from, size);
            case Activation.LeakyRelu leaky -> leakyRelu((double) leaky.slope(), z, d, from, size);
            case Activation.Relu6 relu6 -> clearOutside(0, 6, z, d, from, size);
            case Activation.Elu elu -> elu(1, (double) elu.alpha(), z, d, from, size);
            case Activation.Selu selu -> elu(SELU_ABOVE, SELU_BELOW, z, d, from, size);
            case Activation.Sigmoid sigmoid -> sigmoid(a, d, from, size);
            case Activation.HardSigmoid hardSigmoid -> hardSigmoid(z, d, from, size);
            case Activation.Tanh tanh -> tanh(a, d, from, size);
            case Activation.Softplus softplus -> {
                Float64Elementwise.sigmoid(z, from, block, 0, size);
                multiply(d, from, size);
            }
            case Activation.Softsign softsign -> softsign(z, d, from, size);
            case Activation.Gelu gelu -> gelu(z, d, from, size);
            case Activation.GeluTanh geluTanh -> geluTanh(z, d, from, size);
            case Activation.Swish swish -> swish(z, d, from, size);
            case Activation.Mish mish -> mish(z, d, from, size);
            case Activation.Sine sine -> {
                Float64Elementwise.cos(z, from, block, 0, size);
                multiply(d, from, size);
            }
            case Activation.Polynomial polynomial -> polynomial(polynomial, z, d, from, size);
            case Activation.Softmax softmax -> throw new IllegalArgumentException("softmax couples the units of a row");
        }
    }

    private void leakyRelu(double slope, double[] z, double[] d, int from, int size) {
        Arrays.fill(block, 0, size, slope);
        Float64Elementwise.setWherePositive(z, from, 1, block, 0, size);
        multiply(d, from, size);
    }

    /// Clears the slopes unless `lowest < z < highest`.
    private void clearOutside(double lowest, double highest, double[] z, double[] d, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Math.min(z[from + i] - lowest, highest - z[from + i]);
        }
        Float64Elementwise.clearUnlessPositive(block, 0, d, from, size);
    }

    private void elu(double above, double below, double[] z, double[] d, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Math.min(z[from + i], 0);
        }
        Float64Elementwise.exp(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            block[i] *= below;
        }
        Float64Elementwise.setWherePositive(z, from, above, block, 0, size);
        multiply(d, from, size);
    }

    private static void sigmoid(double[] a, double[] d, int from, int size) {
        for (int i = from; i < from + size; i++) {
            d[i] *= a[i] * (1 - a[i]);
        }
    }

    private void hardSigmoid(double[] z, double[] d, int from, int size) {
        clearOutside(-3, 3, z, d, from, size);
        for (int i = from; i < from + size; i++) {
            d[i] /= 6;
        }
    }

    private static void tanh(double[] a, double[] d, int from, int size) {
        for (int i = from; i < from + size; i++) {
            d[i] *= 1 - a[i] * a[i];
        }
    }

    private static void softsign(double[] z, double[] d, int from, int size) {
        for (int i = from; i < from + size; i++) {
            double y = 1 / (1 + Math.abs(z[i]));
            d[i] *= y * y;
        }
    }

    /// `Phi(z) + z phi(z)`.
    private void gelu(double[] z, double[] d, int from, int size) {
        Float64Elementwise.normalCdf(z, from, other, 0, size, block);
        for (int i = 0; i < size; i++) {
            double y = Float64ActivationValues.far(z[from + i]);
            block[i] = y * y * (double) -0.5;
        }
        Float64Elementwise.exp(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            block[i] = other[i] + Float64ActivationValues.far(z[from + i]) * (ONE_OVER_ROOT_TWO_PI * block[i]);
        }
        multiply(d, from, size);
    }

    /// `s + z s (1 - s) 2 u'` with `s = sigmoid(2 u)`.
    private void geluTanh(double[] z, double[] d, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Float64ActivationValues.geluArgument(Float64ActivationValues.far(z[from + i]));
        }
        Float64Elementwise.sigmoid(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            double y = Float64ActivationValues.far(z[from + i]);
            double s = block[i];
            double inner = Float64ActivationValues.GELU_LINEAR * (1 + 3 * Float64ActivationValues.GELU_CUBIC * y * y);
            block[i] = s + y * s * (1 - s) * inner;
        }
        multiply(d, from, size);
    }

    /// `s + z s (1 - s)` with `s = sigmoid(z)`.
    private void swish(double[] z, double[] d, int from, int size) {
        Float64Elementwise.sigmoid(z, from, block, 0, size);
        for (int i = 0; i < size; i++) {
            double y = Math.max(Math.min(z[from + i], Double.MAX_VALUE), -Double.MAX_VALUE);
            double s = block[i];
            block[i] = s + y * s * (1 - s);
        }
        multiply(d, from, size);
    }

    /// `t + z sigmoid(z) (1 - t^2)` with `e = exp(z)`, `n = e (e + 2)`, `t = n / (n + 2)`, `1 - t^2 = 4 (n + 1) / (n +
    /// 2)^2`.
    private void mish(double[] z, double[] d, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Math.min(z[from + i], Float64ActivationValues.MISH_FAR);
        }
        Float64Elementwise.exp(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            double y = Math.max(Math.min(z[from + i], Float64ActivationValues.MISH_FAR), -Double.MAX_VALUE);
            double e = block[i];
            double n = e * (e + 2);
            double t = n / (n + 2);
            block[i] = t + y * (e / (1 + e)) * (4 * ((n + 1) / (n + 2)) / (n + 2));
        }
        multiply(d, from, size);
    }

    private void polynomial(Activation.Polynomial p, double[] z, double[] d, int from, int size) {
        int degree = p.coefficients().size() - 1;
        Arrays.fill(block, 0, size, degree * Float64ActivationValues.coefficient(p, degree));
        for (int power = degree - 1; power > 0; power--) {
            double c = power * Float64ActivationValues.coefficient(p, power);
            for (int i = 0; i < size; i++) {
                block[i] = Math.fma(block[i], z[from + i], c);
            }
        }
        multiply(d, from, size);
    }

    private void multiply(double[] d, int from, int size) {
        for (int i = 0; i < size; i++) {
            d[from + i] *= block[i];
        }
    }
}
