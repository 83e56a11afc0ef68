package dev.descent.core.linalg;

/// exp, tanh and the logistic function in binary64 by fused multiply-adds and bits alone, so with the same bits on every
/// machine; the lanes of `Float64VectorFunctions` do the same operations in the same order.
///
/// `exp(x) = 2^k exp(r)`, `k = round(x / ln 2)`, `|r| <= ln 2 / 2` (Cody and Waite's reduction in two parts), exp(r) by its
/// Taylor polynomial of degree 13, whose truncation is under a thousandth of an ulp. The build makes `Float32Functions`
/// of this file.
final class Float64Functions {

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

    private Float64Functions() {}

    /// Within one ulp; subnormal results round once more.
    static double exp(double x) {
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
