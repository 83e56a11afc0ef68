package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/// What [Ieee64] makes of bits, on the lanes of vectors. Apart from it, because a JVM without the Vector API cannot
/// even
/// load a class that speaks of vectors.
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

    /// `magnitude`, which is not negative, with the signs of `sign`.
    static DoubleVector copySign(DoubleVector magnitude, DoubleVector sign) {
        LongVector signs = ((LongVector) sign.viewAsIntegralLanes()).and(0x8000_0000_0000_0000L);
        return (DoubleVector)
                ((LongVector) magnitude.viewAsIntegralLanes()).or(signs).viewAsFloatingLanes();
    }

    private static LongVector exponent(DoubleVector rounded) {
        return ((LongVector) rounded.viewAsIntegralLanes()).sub(Ieee64.ROUNDER_BITS);
    }

    private static DoubleVector power(LongVector exponent) {
        return (DoubleVector) exponent.add(Ieee64.BIAS)
                .lanewise(VectorOperators.LSHL, Ieee64.FRACTION)
                .viewAsFloatingLanes();
    }
}
