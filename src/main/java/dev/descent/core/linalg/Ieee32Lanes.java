package dev.descent.core.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// What [Ieee32] makes of bits, on the lanes of vectors. Apart from it, because a JVM without the Vector API cannot
/// even
/// load a class that speaks of vectors.
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

    /// `magnitude`, which is not negative, with the signs of `sign`.
    static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
        IntVector signs = ((IntVector) sign.viewAsIntegralLanes()).and(0x8000_0000);
        return (FloatVector)
                ((IntVector) magnitude.viewAsIntegralLanes()).or(signs).viewAsFloatingLanes();
    }

    private static IntVector exponent(FloatVector rounded) {
        return ((IntVector) rounded.viewAsIntegralLanes()).sub(Ieee32.ROUNDER_BITS);
    }

    private static FloatVector power(IntVector exponent) {
        return (FloatVector) exponent.add(Ieee32.BIAS)
                .lanewise(VectorOperators.LSHL, Ieee32.FRACTION)
                .viewAsFloatingLanes();
    }
}
