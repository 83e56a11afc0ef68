package dev.descent.core.linalg;

/// What the elementary functions need to know of binary32: constants, and what is made of bits.
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

    /// Where the argument of the error function has become so large that its complement is 0.
    static final float ERFC_VANISHED = 11.0f;

    /// `t = (x - ERFC_CENTRE) / (x + ERFC_CENTRE)` takes the positive numbers to those between -1 and 1.
    static final float ERFC_CENTRE = 3.0f;

    /// `erfc(x) exp(x^2) (1 + 2x)` as a polynomial in t, the highest power first: its interpolation at the Chebyshev
    /// nodes
    /// of 0 to 11, within 4e-9 of it (`src/test/resources/reference/erfc.py`).
    static final float[] ERFC = {
        -0.0002690068f,
        -0.0007758974f,
        0.0020097822f,
        0.0025729046f,
        -0.023800058f,
        0.068292744f,
        -0.11927094f,
        0.12964685f,
        -0.047562372f,
        -0.13562116f,
        1.253008f
    };

    static final float TWO_OVER_PI = 0.63661975f;

    /// Half of pi in three parts, each the nearest number to what is left.
    static final float HALF_PI_HIGH = 1.5707964f;

    static final float HALF_PI_MIDDLE = -4.371139e-8f;

    static final float HALF_PI_LOW = -1.7151245e-15f;

    /// Up to where [#HALF_PI_HIGH] and its companions reduce the argument of a sine.
    static final float SINE_BOUND = 0x1p16f;

    static final int FRACTION = 23;
    static final int SIGN = 31;
    static final int BIAS = 127;
    static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    /// The bits of the root of 1/2, where the fraction of a logarithm's argument begins.
    static final int ROOT_OF_HALF = Float.floatToRawIntBits(0.70710678f);

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

    /// Whether the k of `rounded = ROUNDER + k` is odd.
    static boolean isOdd(float rounded) {
        return (Float.floatToRawIntBits(rounded) & 1) != 0;
    }

    /// `value`, its sign changed where the k of `rounded = ROUNDER + k` leaves 2 or 3 when divided by 4.
    static float turn(float value, float rounded) {
        int sign = (Float.floatToRawIntBits(rounded) & 2) << (SIGN - 1);
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ sign);
    }
}
