package dev.descent.core.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// What [Ieee32] makes of bits, on the lanes of vectors. Apart from it, because a JVM without the Vector API cannot
/// even load a class that speaks of vectors.
final class Ieee32Lanes {

    private Ieee32Lanes() {}

    static FloatVector lowerPower(FloatVector rounded) {
        IntVector k = exponent(rounded);
        return power(k.lanewise(VectorOperators.ASHR, 1));
    }

    static FloatVector upperPower(FloatVector rounded) {
        IntVector k = exponent(rounded);
        return power(k.sub(k.lanewise(VectorOperators.ASHR, 1)));
    }

    /// `2^k`, which has to be a normal number, where `rounded` is `ROUNDER + k`.
    static FloatVector power(FloatVector rounded) {
        return power(exponent(rounded));
    }

    private static IntVector exponent(FloatVector rounded) {
        return ((IntVector) rounded.viewAsIntegralLanes()).sub(Ieee32.ROUNDER_BITS);
    }

    private static FloatVector power(IntVector exponent) {
        return (FloatVector) exponent.add(Ieee32.BIAS)
                .lanewise(VectorOperators.LSHL, Ieee32.FRACTION)
                .viewAsFloatingLanes();
    }

    /// The k of `x = m 2^k` with m between the roots of 1/2 and 2; x positive and normal.
    static FloatVector logExponent(FloatVector x) {
        IntVector k = logarithm(x);
        return ((FloatVector) k.add(Ieee32.ROUNDER_BITS).viewAsFloatingLanes()).sub(Ieee32.ROUNDER);
    }

    /// The m of `x = m 2^k`.
    static FloatVector logFraction(FloatVector x) {
        IntVector k = logarithm(x).lanewise(VectorOperators.LSHL, Ieee32.FRACTION);
        return (FloatVector) bits(x).sub(k).viewAsFloatingLanes();
    }

    static VectorMask<Float> isOdd(FloatVector rounded) {
        return bits(rounded).and(1).compare(VectorOperators.NE, 0).cast(rounded.species());
    }

    static FloatVector turn(FloatVector value, FloatVector rounded) {
        IntVector sign = bits(rounded).and(2).lanewise(VectorOperators.LSHL, 30);
        return (FloatVector) bits(value).lanewise(VectorOperators.XOR, sign).viewAsFloatingLanes();
    }

    private static IntVector logarithm(FloatVector x) {
        return bits(x).sub(Ieee32.ROOT_OF_HALF).lanewise(VectorOperators.ASHR, Ieee32.FRACTION);
    }

    private static IntVector bits(FloatVector x) {
        return (IntVector) x.viewAsIntegralLanes();
    }
}
