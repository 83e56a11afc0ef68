package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Elementwise;
import java.util.Arrays;

/// `a = g(z)` in binary64, for every activation that looks at one number at a time.
///
/// Exponentials and their kin are computed for a block, which stays in the nearest cache, and put together in a second
/// loop that the compiler makes vectors of. Where g has a limit, that limit is g of an infinity. One instance a thread.
///
/// The build makes `Float32ActivationValues` of this file.
final class Float64ActivationValues {

    static final int BLOCK = 256;

    /// Beyond these the exponentials below have reached their limits, but their arguments still multiply to finite
    /// numbers.
    private static final double FAR = 100;

    static final double MISH_FAR = 40;

    static final double SELU_SCALE = (double) 1.0507009873554805;
    static final double SELU_ALPHA = (double) 1.6732632423543772;

    /// `2 sqrt(2 / pi)`, and the factor of the cube beside it.
    static final double GELU_LINEAR = (double) 1.5957691216057308;

    static final double GELU_CUBIC = (double) 0.044715;

    private final double[] block = new double[BLOCK];
    private final double[] spare = new double[BLOCK];

    /// Writes g of z's entries `from` to `end` to a, which may be z.
    void write(Activation g, double[] z, double[] a, int from, int end) {
        for (int at = from; at < end; at += BLOCK) {
            writeBlock(g, z, a, at, Math.min(BLOCK, end - at));
        }
    }

    private void writeBlock(Activation g, double[] z, double[] a, int from, int size) {
        switch (g) {
            case Activation.Identity identity -> System.arraycopy(z, from, a, from, size);
            case Activation.Relu relu -> relu(z, a, from, size);
            case Activation.LeakyRelu leaky -> leakyRelu((double) leaky.slope(), z, a, from, size);
            case Activation.Relu6 relu6 -> relu6(z, a, from, size);
            case Activation.Elu elu -> elu(1, (double) elu.alpha(), z, a, from, size);
            case Activation.Selu selu -> elu(SELU_SCALE, SELU_SCALE * SELU_ALPHA, z, a, from, size);
            case Activation.Sigmoid sigmoid -> Float64Elementwise.sigmoid(z, from, a, from, size);
            case Activation.HardSigmoid hardSigmoid -> hardSigmoid(z, a, from, size);
            case Activation.Tanh tanh -> Float64Elementwise.tanh(z, from, a, from, size);
            case Activation.Softplus softplus -> {
                Float64Elementwise.softplus(z, from, block, 0, size);
                System.arraycopy(block, 0, a, from, size);
            }
            case Activation.Softsign softsign -> softsign(z, a, from, size);
            case Activation.Gelu gelu -> {
                Float64Elementwise.normalCdf(z, from, block, 0, size, spare);
                multiply(z, a, from, size);
            }
            case Activation.GeluTanh geluTanh -> {
                for (int i = 0; i < size; i++) {
                    block[i] = geluArgument(far(z[from + i]));
                }
                Float64Elementwise.sigmoid(block, 0, block, 0, size);
                multiply(z, a, from, size);
            }
            case Activation.Swish swish -> {
                Float64Elementwise.sigmoid(z, from, block, 0, size);
                multiply(z, a, from, size);
            }
            case Activation.Mish mish -> {
                tanhOfSoftplus(z, from, size);
                multiply(z, a, from, size);
            }
            case Activation.Sine sine -> Float64Elementwise.sin(z, from, a, from, size);
            case Activation.Polynomial polynomial -> polynomial(polynomial, z, a, from, size);
            case Activation.Softmax softmax -> throw new IllegalArgumentException("softmax couples the units of a row");
        }
    }

    /// -0.0 becomes 0.0.
    private static void relu(double[] z, double[] a, int from, int size) {
        for (int i = from; i < from + size; i++) {
            a[i] = Math.max(z[i], 0);
        }
    }

    private static void relu6(double[] z, double[] a, int from, int size) {
        for (int i = from; i < from + size; i++) {
            a[i] = Math.min(Math.max(z[i], 0), 6);
        }
    }

    private static void leakyRelu(double slope, double[] z, double[] a, int from, int size) {
        for (int i = from; i < from + size; i++) {
            a[i] = Math.max(z[i], 0) + slope * Math.min(z[i], 0);
        }
    }

    private void elu(double above, double below, double[] z, double[] a, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Math.min(z[from + i], 0);
        }
        Float64Elementwise.expm1(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            a[from + i] = above * Math.max(z[from + i], 0) + below * block[i];
        }
    }

    private static void hardSigmoid(double[] z, double[] a, int from, int size) {
        for (int i = from; i < from + size; i++) {
            a[i] = Math.min(Math.max(z[i] + 3, 0), 6) / 6;
        }
    }

    private static void softsign(double[] z, double[] a, int from, int size) {
        for (int i = from; i < from + size; i++) {
            double y = Math.max(Math.min(z[i], Double.MAX_VALUE), -Double.MAX_VALUE);
            a[i] = y / (1 + Math.abs(y));
        }
    }

    /// `2 sqrt(2 / pi) (z + 0.044715 z^3)`.
    static double geluArgument(double z) {
        return GELU_LINEAR * z * (1 + GELU_CUBIC * z * z);
    }

    /// z, or the nearest of -100 and 100.
    static double far(double z) {
        return Math.max(Math.min(z, FAR), -FAR);
    }

    /// `n / (n + 2)` with `n = exp(z) (exp(z) + 2)`.
    private void tanhOfSoftplus(double[] z, int from, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = Math.min(z[from + i], MISH_FAR);
        }
        Float64Elementwise.exp(block, 0, block, 0, size);
        for (int i = 0; i < size; i++) {
            double n = block[i] * (block[i] + 2);
            block[i] = n / (n + 2);
        }
    }

    /// `a = z block`, where the block is 0 also for z = -infinity.
    private void multiply(double[] z, double[] a, int from, int size) {
        for (int i = 0; i < size; i++) {
            a[from + i] = Math.max(z[from + i], -Double.MAX_VALUE) * block[i];
        }
    }

    /// Horner's scheme.
    private void polynomial(Activation.Polynomial p, double[] z, double[] a, int from, int size) {
        int degree = p.coefficients().size() - 1;
        Arrays.fill(block, 0, size, coefficient(p, degree));
        for (int power = degree - 1; power >= 0; power--) {
            double c = coefficient(p, power);
            for (int i = 0; i < size; i++) {
                block[i] = Math.fma(block[i], z[from + i], c);
            }
        }
        System.arraycopy(block, 0, a, from, size);
    }

    static double coefficient(Activation.Polynomial p, int power) {
        return (double) p.coefficients().get(power).doubleValue();
    }
}
