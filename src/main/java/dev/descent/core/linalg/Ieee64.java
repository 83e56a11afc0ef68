package dev.descent.core.linalg;

/// What the elementary functions need to know of binary64: constants, and what is made of bits.
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

    /// Where the argument of the error function has become so large that its complement is 0.
    static final double ERFC_VANISHED = 28.0;

    /// `t = (x - ERFC_CENTRE) / (x + ERFC_CENTRE)` takes the positive numbers to those between -1 and 1.
    static final double ERFC_CENTRE = 4.0;

    /// `erfc(x) exp(x^2) (1 + 2x)` as a polynomial in t, the highest power first: its interpolation at the Chebyshev
    /// nodes
    /// of 0 to 28.5, within 1.5e-17 of it (`src/test/resources/reference/erfc.py`).
    static final double[] ERFC = {
        -1.7606277498641753e-09,
        -1.3479339174285805e-08,
        -7.670588507905727e-09,
        1.1491026642872101e-07,
        6.234160392324562e-08,
        -8.347740692916786e-07,
        3.018560156291585e-07,
        5.717737695782311e-06,
        -1.122513332073903e-05,
        -2.4403161840693628e-05,
        0.00015062237999067456,
        -0.00019925549276565013,
        -0.0007577733740928637,
        0.005031969750252745,
        -0.016197734054376058,
        0.03716751556342131,
        -0.0663303658119233,
        0.09373283499672015,
        -0.10103906603633545,
        0.06809705425473984,
        0.015379652102620465,
        -0.13962111684056291,
        1.2329951186255526
    };

    static final double TWO_OVER_PI = 0.6366197723675814;

    /// Half of pi in three parts, each the nearest number to what is left.
    static final double HALF_PI_HIGH = 1.5707963267948966;

    static final double HALF_PI_MIDDLE = 6.123233995736766e-17;

    static final double HALF_PI_LOW = -1.4973849048591698e-33;

    /// Up to where [#HALF_PI_HIGH] and its companions reduce the argument of a sine.
    static final double SINE_BOUND = 0x1p30;

    static final int FRACTION = 52;
    static final int SIGN = 63;
    static final long BIAS = 1023;
    static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    /// The bits of the root of 1/2, where the fraction of a logarithm's argument begins.
    static final long ROOT_OF_HALF = Double.doubleToRawLongBits(0.7071067811865476);

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

    /// Whether the k of `rounded = ROUNDER + k` is odd.
    static boolean isOdd(double rounded) {
        return (Double.doubleToRawLongBits(rounded) & 1) != 0;
    }

    /// `value`, its sign changed where the k of `rounded = ROUNDER + k` leaves 2 or 3 when divided by 4.
    static double turn(double value, double rounded) {
        long sign = (Double.doubleToRawLongBits(rounded) & 2) << (SIGN - 1);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ sign);
    }
}
