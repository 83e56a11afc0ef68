package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// What [Ieee64] makes of bits, on the lanes of vectors. Apart from it, because a JVM without the Vector API cannot
/// even load a class that speaks of vectors.
final class Ieee64Lanes {

    private Ieee64Lanes() {}

    static DoubleVector lowerPower(DoubleVector rounded) {
        LongVector k = exponent(rounded);
        return power(k.lanewise(VectorOperators.ASHR, 1));
    }

    static DoubleVector upperPower(DoubleVector rounded) {
        LongVector k = exponent(rounded);
        return power(k.sub(k.lanewise(VectorOperators.ASHR, 1)));
    }

    /// `2^k`, which has to be a normal number, where `rounded` is `ROUNDER + k`.
    static DoubleVector power(DoubleVector rounded) {
        return power(exponent(rounded));
    }

    private static LongVector exponent(DoubleVector rounded) {
        return ((LongVector) rounded.viewAsIntegralLanes()).sub(Ieee64.ROUNDER_BITS);
    }

    private static DoubleVector power(LongVector exponent) {
        return (DoubleVector) exponent.add(Ieee64.BIAS)
                .lanewise(VectorOperators.LSHL, Ieee64.FRACTION)
                .viewAsFloatingLanes();
    }

    /// The k of `x = m 2^k` with m between the roots of 1/2 and 2; x positive and normal.
    static DoubleVector logExponent(DoubleVector x) {
        LongVector k = logarithm(x);
        return ((DoubleVector) k.add(Ieee64.ROUNDER_BITS).viewAsFloatingLanes()).sub(Ieee64.ROUNDER);
    }

    /// The m of `x = m 2^k`.
    static DoubleVector logFraction(DoubleVector x) {
        LongVector k = logarithm(x).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
        return (DoubleVector) bits(x).sub(k).viewAsFloatingLanes();
    }

    static VectorMask<Double> isOdd(DoubleVector rounded) {
        return bits(rounded).and(1).compare(VectorOperators.NE, 0).cast(rounded.species());
    }

    static DoubleVector turn(DoubleVector value, DoubleVector rounded) {
        LongVector sign = bits(rounded).and(2).lanewise(VectorOperators.LSHL, 62);
        return (DoubleVector) bits(value).lanewise(VectorOperators.XOR, sign).viewAsFloatingLanes();
    }

    private static LongVector logarithm(DoubleVector x) {
        return bits(x).sub(Ieee64.ROOT_OF_HALF).lanewise(VectorOperators.ASHR, Ieee64.FRACTION);
    }

    private static LongVector bits(DoubleVector x) {
        return (LongVector) x.viewAsIntegralLanes();
    }
}
