package dev.descent.core.linalg;

/// The elementary functions in binary64 by fused multiply-adds and bits alone, so with the same bits on every machine;
/// the lanes of `Float64VectorElementwise` do the same operations in the same order. What is not a number stays so.
///
/// `exp(x) = 2^k exp(r)`, `k = round(x / ln 2)`, `|r| <= ln 2 / 2` (Cody and Waite's reduction in two parts), exp(r) by
/// its Taylor polynomial of degree 13, whose truncation is under a thousandth of an ulp. Bounds are in units of the
/// last
/// place of the exact value, where that is a normal number. The build makes `Float32Functions` of this file.
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
    static final double C14 = (double) (1.0 / 87178291200L);
    static final double C15 = (double) (1.0 / 1307674368000L);
    static final double C16 = (double) (1.0 / 20922789888000L);
    static final double C17 = (double) (1.0 / 355687428096000L);

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

    private static final /**/ double TWO_OVER_ROOT_PI = 1.1283791670955126;

    /// The Taylor polynomial of `erf(x) / x` in `x^2`, the highest power first: `2 / sqrt(pi) (-1)^n / (n! (2n + 1))`.
    static final double[] ERF = {
        (double) (TWO_OVER_ROOT_PI / 11975040000L),
        (double) (-TWO_OVER_ROOT_PI / 918086400L),
        (double) (TWO_OVER_ROOT_PI / 76204800L),
        (double) (-TWO_OVER_ROOT_PI / 6894720L),
        (double) (TWO_OVER_ROOT_PI / 685440L),
        (double) (-TWO_OVER_ROOT_PI / 75600L),
        (double) (TWO_OVER_ROOT_PI / 9360L),
        (double) (-TWO_OVER_ROOT_PI / 1320L),
        (double) (TWO_OVER_ROOT_PI / 216L),
        (double) (-TWO_OVER_ROOT_PI / 42L),
        (double) (TWO_OVER_ROOT_PI / 10L),
        (double) (-TWO_OVER_ROOT_PI / 3L),
        (double) TWO_OVER_ROOT_PI
    };

    static final double ROOT_OF_HALF = (double) 0.7071067811865476;

    /// Where the tail of the normal distribution has become 0.
    static final double NORMAL_VANISHED = Ieee64.ERFC_VANISHED * (double) 1.4140625;

    private static final double LOG_MIN_NORMAL = normalLog(Double.MIN_NORMAL);

    private Float64Functions() {}

    /// Within one ulp; subnormal results round once more.
    public static double exp(double x) {
        double y = Math.min(Math.max(x, Ieee64.EXP_LOWEST), Ieee64.EXP_HIGHEST);
        double rounded = Math.fma(y, Ieee64.LOG2_E, Ieee64.ROUNDER);
        double p = 1 + reducedExponentialMinusOne(y, rounded - Ieee64.ROUNDER);
        return p * Ieee64.lowerPower(rounded) * Ieee64.upperPower(rounded);
    }

    /// `1 / (1 + exp(-x))`, within three ulps; 0 where exp(-x) is infinite.
    public static double sigmoid(double x) {
        return 1 / (1 + exp(-x));
    }

    /// `(exp(2x) - 1) / (exp(2x) + 1)` by `exp(2|x|) - 1` without cancellation, within three ulps.
    public static double tanh(double x) {
        double y = Math.min(2 * Math.abs(x), Ieee64.TANH_SATURATED);
        double rounded = Math.fma(y, Ieee64.LOG2_E, Ieee64.ROUNDER);
        double e = reducedExponentialMinusOne(y, rounded - Ieee64.ROUNDER);
        double power = Ieee64.lowerPower(rounded) * Ieee64.upperPower(rounded);
        double minusOne = Math.fma(power, e, power - 1);
        return Math.copySign(minusOne / (minusOne + 2), x);
    }

    /// `exp(x) - 1` without cancellation, within two ulps: `2^k exp(r) - 1` is taken apart as `2^k (exp(r) - 1) + (2^k
    /// - 1)`.
    public static double expm1(double x) {
        double y = Math.min(Math.max(x, Ieee64.EXP_LOWEST), Ieee64.EXP_HIGHEST);
        double rounded = Math.fma(y, Ieee64.LOG2_E, Ieee64.ROUNDER);
        double e = reducedExponentialMinusOne(y, rounded - Ieee64.ROUNDER);
        double lower = Ieee64.lowerPower(rounded);
        double upper = Ieee64.upperPower(rounded);
        return Math.fma(lower, e, lower - 1 / upper) * upper;
    }

    /// The natural logarithm, within two ulps.
    public static double log(double x) {
        if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
            return normalLog(x);
        }
        if (x > 0) {
            return x > 1 ? x : normalLog(x / Double.MIN_NORMAL) + LOG_MIN_NORMAL;
        }
        return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }

    /// `log(1 + x)` for finite x above -1, within three ulps: a logarithm whose rounded argument is corrected.
    public static double log1p(double x) {
        double u = 1 + x;
        return normalLog(u) + (x - (u - 1)) / u;
    }

    /// The natural logarithm of a positive normal number: `m 2^k` with m between the roots of 1/2 and 2, then the
    /// series
    /// of `log((1 + s) / (1 - s))` in `s = (m - 1) / (m + 1)`.
    private static double normalLog(double x) {
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

    /// `log(1 + exp(x))`, within three ulps.
    public static double softplus(double x) {
        return Math.max(x, 0) + log1p(exp(-Math.abs(x)));
    }

    /// The error function `2 / sqrt(pi) integral of exp(-t^2) from 0 to x`, within three ulps.
    public static double erf(double x) {
        double complement = gaussian(x, exp(exponent(x))) * scaledErfc(Math.min(Math.abs(x), Ieee64.ERFC_VANISHED));
        return erf(x, complement, x * horner(ERF, x * x));
    }

    /// The probability that a standard normal number is below x, `(1 + erf(x / sqrt(2))) / 2`, within six ulps down to
    /// the smallest normal result.
    public static double normalCdf(double x) {
        double y = Math.min(Math.abs(x), NORMAL_VANISHED);
        return normalCdf(x, halfNormal(x, exp(normalExponent(x))) * scaledErfc(y * ROOT_OF_HALF));
    }

    /// `-x^2`, rounded.
    static double exponent(double x) {
        double y = Math.min(Math.abs(x), Ieee64.ERFC_VANISHED);
        return -(y * y);
    }

    /// `exp(-x^2)`, given the exponential of the rounded exponent.
    static double gaussian(double x, double exponential) {
        double y = Math.min(Math.abs(x), Ieee64.ERFC_VANISHED);
        return Math.fma(exponential, -Math.fma(y, y, -(y * y)), exponential);
    }

    /// `-x^2 / 2`, rounded.
    static double normalExponent(double x) {
        double y = Math.min(Math.abs(x), NORMAL_VANISHED);
        return y * y * (double) -0.5;
    }

    /// `exp(-x^2 / 2) / 2`, given the exponential of the rounded exponent.
    static double halfNormal(double x, double exponential) {
        double y = Math.min(Math.abs(x), NORMAL_VANISHED);
        double rest = (double) 0.5 * Math.fma(y, y, -(y * y));
        return (double) 0.5 * Math.fma(exponential, -rest, exponential);
    }

    /// erf(x), given `1 - erf(|x|)`, which has lost the digits of a small x, and what the series of a small x gives.
    static double erf(double x, double complement, double series) {
        return Math.abs(x) < (double) 0.5 ? series : Math.copySign(1 - complement, x);
    }

    /// The distribution function at x, given that at `-|x|`.
    static double normalCdf(double x, double tail) {
        return x < 0 ? tail : 1 - tail;
    }

    /// Within two ulps. Up to [Ieee64#SINE_BOUND] the argument is reduced by multiples of half of pi in three parts,
    /// whose
    /// first leaves no rounding; beyond it StrictMath does it.
    public static double sin(double x) {
        if (Math.abs(x) > Ieee64.SINE_BOUND) {
            return (double) StrictMath.sin(x);
        }
        double rounded = Math.fma(x, Ieee64.TWO_OVER_PI, Ieee64.ROUNDER);
        return quarterTurns(x, rounded - Ieee64.ROUNDER, rounded);
    }

    /// Within two ulps; see [#sin].
    public static double cos(double x) {
        if (Math.abs(x) > Ieee64.SINE_BOUND) {
            return (double) StrictMath.cos(x);
        }
        double rounded = Math.fma(x, Ieee64.TWO_OVER_PI, Ieee64.ROUNDER);
        return quarterTurns(x, rounded - Ieee64.ROUNDER, rounded + 1);
    }

    /// The sine of `x - k pi / 2` after as many quarter turns as the lowest bits of `turns` say.
    private static double quarterTurns(double x, double k, double turns) {
        double r = Math.fma(k, -Ieee64.HALF_PI_MIDDLE, Math.fma(k, -Ieee64.HALF_PI_HIGH, x));
        r = Math.fma(k, -Ieee64.HALF_PI_LOW, r);
        double z = r * r;
        return Ieee64.turn(Ieee64.isOdd(turns) ? reducedCosine(z) : reducedSine(r, z), turns);
    }

    private static double reducedSine(double r, double z) {
        double q = Math.fma(C17, z, -C15);
        q = Math.fma(q, z, C13);
        q = Math.fma(q, z, -C11);
        q = Math.fma(q, z, C9);
        q = Math.fma(q, z, -C7);
        q = Math.fma(q, z, C5);
        q = Math.fma(q, z, -C3);
        return Math.fma(r * z, q, r);
    }

    private static double reducedCosine(double z) {
        double q = Math.fma(C16, z, -C14);
        q = Math.fma(q, z, C12);
        q = Math.fma(q, z, -C10);
        q = Math.fma(q, z, C8);
        q = Math.fma(q, z, -C6);
        q = Math.fma(q, z, C4);
        q = Math.fma(q, z, (double) -0.5);
        return Math.fma(q, z, 1);
    }

    /// `erfc(y) exp(y^2)` for y between 0 and [Ieee64#ERFC_VANISHED].
    private static double scaledErfc(double y) {
        double t = (y - Ieee64.ERFC_CENTRE) / (y + Ieee64.ERFC_CENTRE);
        return horner(Ieee64.ERFC, t) / (1 + 2 * y);
    }

    private static double horner(double[] coefficients, double x) {
        double q = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            q = Math.fma(q, x, coefficients[i]);
        }
        return q;
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
