package dev.descent.core.linalg;

/// What the elementary functions need to know of binary64: constants, and powers of two made from bits.
final class Ieee64 {

    static final double LOG2_E = 1.4426950408889634;

    /// The leading bits of ln 2, so few that their product with any exponent is exact, and the rest of it.
    static final double LN2_HIGH = 0.6931471801362932;

    static final double LN2_LOW = 4.236521365809284e-10;

    /// Added to a number that is small against it, leaves the nearest integer in the lowest bits of the sum.
    static final double ROUNDER = 0x1.8p52;

    /// Arguments below and above which exp is 0 and infinite; between them the halves of an exponent are exponents.
    static final double EXP_LOWEST = -750.0;

    static final double EXP_HIGHEST = 710.0;

    /// Where `tanh(x / 2)` has become 1.
    static final double TANH_SATURATED = 44.0;

    static final int FRACTION = 52;
    static final long BIAS = 1023;
    static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    /// The bits of the root of 1/2, where the fraction of a logarithm's argument begins.
    private static final long ROOT_OF_HALF = Double.doubleToRawLongBits(0.7071067811865476);

    private Ieee64() {}

    /// `2^(k / 2)`, rounded down, where `rounded` is `ROUNDER + k`.
    static double lowerPower(double rounded) {
        long k = Double.doubleToRawLongBits(rounded) - ROUNDER_BITS;
        return Double.longBitsToDouble(((k >> 1) + BIAS) << FRACTION);
    }

    /// `2^(k - k / 2)`, so that the two multiply to `2^k`, which may itself be no finite number or a subnormal one.
    static double upperPower(double rounded) {
        long k = Double.doubleToRawLongBits(rounded) - ROUNDER_BITS;
        return Double.longBitsToDouble((k - (k >> 1) + BIAS) << FRACTION);
    }

    /// The k of `x = m 2^k` with m between the roots of 1/2 and 2; x positive and normal.
    static double logExponent(double x) {
        return (Double.doubleToRawLongBits(x) - ROOT_OF_HALF) >> FRACTION;
    }

    /// The m of `x = m 2^k`.
    static double logFraction(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return Double.longBitsToDouble(bits - (((bits - ROOT_OF_HALF) >> FRACTION) << FRACTION));
    }
}
