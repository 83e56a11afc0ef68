package dev.descent.core.linalg;

/// What the elementary functions need to know of binary32: constants, and powers of two made from bits.
final class Ieee32 {

    static final float LOG2_E = 1.4426950408889634f;

    /// The leading bits of ln 2, so few that their product with any exponent is exact, and the rest of it.
    static final float LN2_HIGH = 0.693115234375f;

    static final float LN2_LOW = 3.1946184945309415e-05f;

    /// Added to a number that is small against it, leaves the nearest integer in the lowest bits of the sum.
    static final float ROUNDER = 0x1.8p23f;

    /// Arguments below and above which exp is 0 and infinite; between them the halves of an exponent are exponents.
    static final float EXP_LOWEST = -110.0f;

    static final float EXP_HIGHEST = 89.0f;

    /// Where `tanh(x / 2)` has become 1.
    static final float TANH_SATURATED = 20.0f;

    static final int FRACTION = 23;
    static final int BIAS = 127;
    static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    /// The bits of the root of 1/2, where the fraction of a logarithm's argument begins.
    private static final int ROOT_OF_HALF = Float.floatToRawIntBits(0.70710678f);

    private Ieee32() {}

    /// `2^(k / 2)`, rounded down, where `rounded` is `ROUNDER + k`.
    static float lowerPower(float rounded) {
        int k = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        return Float.intBitsToFloat(((k >> 1) + BIAS) << FRACTION);
    }

    /// `2^(k - k / 2)`, so that the two multiply to `2^k`, which may itself be no finite number or a subnormal one.
    static float upperPower(float rounded) {
        int k = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        return Float.intBitsToFloat((k - (k >> 1) + BIAS) << FRACTION);
    }

    /// The k of `x = m 2^k` with m between the roots of 1/2 and 2; x positive and normal.
    static float logExponent(float x) {
        return (Float.floatToRawIntBits(x) - ROOT_OF_HALF) >> FRACTION;
    }

    /// The m of `x = m 2^k`.
    static float logFraction(float x) {
        int bits = Float.floatToRawIntBits(x);
        return Float.intBitsToFloat(bits - (((bits - ROOT_OF_HALF) >> FRACTION) << FRACTION));
    }
}
