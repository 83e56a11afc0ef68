package dev.descent.core.linalg;

/// exp, tanh and the logistic function in binary64 by fused multiply-adds and bits alone, so with the same bits on
/// every
/// machine; the lanes of `Float64VectorFunctions` do the same operations in the same order.
///
/// `exp(x) = 2^k exp(r)`, `k = round(x / ln 2)`, `|r| <= ln 2 / 2` (Cody and Waite's reduction in two parts), exp(r) by
/// its
/// Taylor polynomial of degree 13, whose truncation is under a thousandth of an ulp. The build makes `Float32Functions`
/// of this file.
public final class Float64Functions {

    static final double C3 = (double) (1.0 / 6L);
    static final double C4 = (double) (1.0 / 24L);
    static final double C5 = (double) (1.0 / 120L);
    static final double C6 = (double) (1.0 / 720L);
    static final double C7 = (double) (1.0 / 5040L);
    static final double C8 = (double) (1.0 / 40320L);
    static final double C9 = (double) (1.0 / 362880L);
    static final double C10 = (double) (1.0 / 3628800L);
    static final double C11 = (double) (1.0 / 39916800L);
    static final double C12 = (double) (1.0 / 479001600L);
    static final double C13 = (double) (1.0 / 6227020800L);

    static final double L1 = (double) (2.0 / 3);
    static final double L2 = (double) (2.0 / 5);
    static final double L3 = (double) (2.0 / 7);
    static final double L4 = (double) (2.0 / 9);
    static final double L5 = (double) (2.0 / 11);
    static final double L6 = (double) (2.0 / 13);
    static final double L7 = (double) (2.0 / 15);
    static final double L8 = (double) (2.0 / 17);
    static final double L9 = (double) (2.0 / 19);
    static final double L10 = (double) (2.0 / 21);
    static final double L11 = (double) (2.0 / 23);

    private Float64Functions() {}

    /// Within one ulp; subnormal results round once more.
    public static double exp(double x) {
        double y = Math.min(Math.max(x, Ieee64.EXP_LOWEST), Ieee64.EXP_HIGHEST);
        double rounded = Math.fma(y, Ieee64.LOG2_E, Ieee64.ROUNDER);
        double p = 1 + reducedExponentialMinusOne(y, rounded - Ieee64.ROUNDER);
        return p * Ieee64.lowerPower(rounded) * Ieee64.upperPower(rounded);
    }

    /// `1 / (1 + exp(-x))`, within three ulps; 0 where exp(-x) is infinite.
    static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /// `(exp(2x) - 1) / (exp(2x) + 1)` by `exp(2|x|) - 1` without cancellation, within three ulps.
    static double tanh(double x) {
        double y = Math.min(2 * Math.abs(x), Ieee64.TANH_SATURATED);
        double rounded = Math.fma(y, Ieee64.LOG2_E, Ieee64.ROUNDER);
        double e = reducedExponentialMinusOne(y, rounded - Ieee64.ROUNDER);
        double power = Ieee64.lowerPower(rounded) * Ieee64.upperPower(rounded);
        double minusOne = Math.fma(power, e, power - 1);
        return Math.copySign(minusOne / (minusOne + 2), x);
    }

    /// The natural logarithm of a positive normal number, within two ulps: `m 2^k` with m between the roots of 1/2 and
    /// 2, then
    /// the series of `log((1 + s) / (1 - s))` in `s = (m - 1) / (m + 1)`.
    public static double log(double x) {
        double k = Ieee64.logExponent(x);
        double f = Ieee64.logFraction(x) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double q = Math.fma(L11, z, L10);
        q = Math.fma(q, z, L9);
        q = Math.fma(q, z, L8);
        q = Math.fma(q, z, L7);
        q = Math.fma(q, z, L6);
        q = Math.fma(q, z, L5);
        q = Math.fma(q, z, L4);
        q = Math.fma(q, z, L3);
        q = Math.fma(q, z, L2);
        q = Math.fma(q, z, L1);
        double half = (double) 0.5 * f * f;
        double rest = Math.fma(s, half + z * q, k * Ieee64.LN2_LOW);
        return Math.fma(k, Ieee64.LN2_HIGH, f - (half - rest));
    }

    /// `log(1 + exp(x))`, within three ulps: `max(x, 0)` plus a logarithm whose rounded argument is corrected.
    public static double softplus(double x) {
        double e = exp(-Math.abs(x));
        double u = 1 + e;
        return Math.max(x, 0) + (log(u) + (e - (u - 1)) / u);
    }

    /// Writes sigmoid of each of the first `size` entries of `x` to `y`, which may be `x`.
    public static void sigmoid(double[] x, double[] y, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorFunctions.sigmoid(x, y, size) : 0;
        for (int i = done; i < size; i++) {
            y[i] = sigmoid(x[i]);
        }
    }

    /// Writes tanh of each of the first `size` entries of `x` to `y`, which may be `x`.
    public static void tanh(double[] x, double[] y, int size) {
        int done = Vectors.AVAILABLE ? Float64VectorFunctions.tanh(x, y, size) : 0;
        for (int i = done; i < size; i++) {
            y[i] = tanh(x[i]);
        }
    }

    /// `exp(y - k ln 2) - 1`.
    private static double reducedExponentialMinusOne(double y, double k) {
        double r = Math.fma(k, -Ieee64.LN2_LOW, Math.fma(k, -Ieee64.LN2_HIGH, y));
        double q = Math.fma(C13, r, C12);
        q = Math.fma(q, r, C11);
        q = Math.fma(q, r, C10);
        q = Math.fma(q, r, C9);
        q = Math.fma(q, r, C8);
        q = Math.fma(q, r, C7);
        q = Math.fma(q, r, C6);
        q = Math.fma(q, r, C5);
        q = Math.fma(q, r, C4);
        q = Math.fma(q, r, C3);
        q = Math.fma(q, r, (double) 0.5);
        return Math.fma(r * r, q, r);
    }
}
