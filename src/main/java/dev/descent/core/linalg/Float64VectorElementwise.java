package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The whole vectors of [Float64Elementwise]'s stretches: the operations of [Float64Functions] in the same order, so
/// the same bits. Each method returns how many entries those vectors hold.
///
/// No method here takes or returns a vector, not even those that share a polynomial: a vector that crosses a call
/// which the compiler does not inline becomes an object, and whether it inlines a call depends on all that the JVM has
/// run before. The operations of the JDK it always does. The build makes `Float32VectorElementwise` of this file.
final class Float64VectorElementwise {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private static final DoubleVector C3 = all(Float64Functions.C3);
    private static final DoubleVector C4 = all(Float64Functions.C4);
    private static final DoubleVector C5 = all(Float64Functions.C5);
    private static final DoubleVector C6 = all(Float64Functions.C6);
    private static final DoubleVector C7 = all(Float64Functions.C7);
    private static final DoubleVector C8 = all(Float64Functions.C8);
    private static final DoubleVector C9 = all(Float64Functions.C9);
    private static final DoubleVector C10 = all(Float64Functions.C10);
    private static final DoubleVector C11 = all(Float64Functions.C11);
    private static final DoubleVector C12 = all(Float64Functions.C12);
    private static final DoubleVector C13 = all(Float64Functions.C13);
    private static final DoubleVector C16 = all(Float64Functions.C16);
    private static final DoubleVector C17 = all(Float64Functions.C17);
    private static final DoubleVector EXP_HIGHEST = all(Ieee64.EXP_HIGHEST);
    private static final DoubleVector EXP_LOWEST = all(Ieee64.EXP_LOWEST);
    private static final DoubleVector HALF = all((double) 0.5);
    private static final DoubleVector L1 = all(Float64Functions.L1);
    private static final DoubleVector L2 = all(Float64Functions.L2);
    private static final DoubleVector L3 = all(Float64Functions.L3);
    private static final DoubleVector L4 = all(Float64Functions.L4);
    private static final DoubleVector L5 = all(Float64Functions.L5);
    private static final DoubleVector L6 = all(Float64Functions.L6);
    private static final DoubleVector L7 = all(Float64Functions.L7);
    private static final DoubleVector L8 = all(Float64Functions.L8);
    private static final DoubleVector L9 = all(Float64Functions.L9);
    private static final DoubleVector L10 = all(Float64Functions.L10);
    private static final DoubleVector L11 = all(Float64Functions.L11);
    private static final DoubleVector LN2_HIGH = all(Ieee64.LN2_HIGH);
    private static final DoubleVector LN2_LOW = all(Ieee64.LN2_LOW);
    private static final DoubleVector LOG2_E = all(Ieee64.LOG2_E);
    private static final DoubleVector MINUS_C3 = all(-Float64Functions.C3);
    private static final DoubleVector MINUS_C6 = all(-Float64Functions.C6);
    private static final DoubleVector MINUS_C7 = all(-Float64Functions.C7);
    private static final DoubleVector MINUS_C10 = all(-Float64Functions.C10);
    private static final DoubleVector MINUS_C11 = all(-Float64Functions.C11);
    private static final DoubleVector MINUS_C14 = all(-Float64Functions.C14);
    private static final DoubleVector MINUS_C15 = all(-Float64Functions.C15);
    private static final DoubleVector MINUS_HALF = all((double) -0.5);
    private static final DoubleVector MINUS_HALF_PI_HIGH = all(-Ieee64.HALF_PI_HIGH);
    private static final DoubleVector MINUS_HALF_PI_LOW = all(-Ieee64.HALF_PI_LOW);
    private static final DoubleVector MINUS_HALF_PI_MIDDLE = all(-Ieee64.HALF_PI_MIDDLE);
    private static final DoubleVector MINUS_LN2_HIGH = all(-Ieee64.LN2_HIGH);
    private static final DoubleVector MINUS_LN2_LOW = all(-Ieee64.LN2_LOW);
    private static final DoubleVector ONE = all(1);
    private static final DoubleVector ROUNDER = all(Ieee64.ROUNDER);
    private static final DoubleVector SINE_BOUND = all(Ieee64.SINE_BOUND);
    private static final DoubleVector TANH_SATURATED = all(Ieee64.TANH_SATURATED);
    private static final DoubleVector TWO = all(2);
    private static final DoubleVector TWO_OVER_PI = all(Ieee64.TWO_OVER_PI);

    private Float64VectorElementwise() {}

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    /// Of `factor x`.
    static int exp(double[] x, int from, double factor, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i).mul(factor);
            v = v.max(EXP_LOWEST).min(EXP_HIGHEST);
            DoubleVector rounded = v.fma(LOG2_E, ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
            DoubleVector q = C13.fma(r, C12)
                    .fma(r, C11)
                    .fma(r, C10)
                    .fma(r, C9)
                    .fma(r, C8)
                    .fma(r, C7);
            q = q.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, HALF);
            DoubleVector e = r.mul(r).fma(q, r);
            LongVector power = ((LongVector) rounded.viewAsIntegralLanes()).sub(Ieee64.ROUNDER_BITS);
            LongVector half = power.lanewise(VectorOperators.ASHR, 1);
            LongVector lower = half.add(Ieee64.BIAS).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
            LongVector upper = power.sub(half).add(Ieee64.BIAS).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
            e.add(ONE)
                    .mul((DoubleVector) lower.viewAsFloatingLanes())
                    .mul((DoubleVector) upper.viewAsFloatingLanes())
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int expm1(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            v = v.max(EXP_LOWEST).min(EXP_HIGHEST);
            DoubleVector rounded = v.fma(LOG2_E, ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
            DoubleVector q = C13.fma(r, C12)
                    .fma(r, C11)
                    .fma(r, C10)
                    .fma(r, C9)
                    .fma(r, C8)
                    .fma(r, C7);
            q = q.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, HALF);
            DoubleVector e = r.mul(r).fma(q, r);
            LongVector power = ((LongVector) rounded.viewAsIntegralLanes()).sub(Ieee64.ROUNDER_BITS);
            LongVector half = power.lanewise(VectorOperators.ASHR, 1);
            LongVector rest = power.sub(half).add(Ieee64.BIAS).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
            half = half.add(Ieee64.BIAS).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
            DoubleVector lower = (DoubleVector) half.viewAsFloatingLanes();
            DoubleVector upper = (DoubleVector) rest.viewAsFloatingLanes();
            lower.fma(e, lower.sub(ONE.div(upper))).mul(upper).intoArray(y, to + i);
        }
        return bound;
    }

    static int tanh(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector signed = DoubleVector.fromArray(SPECIES, x, from + i);
            DoubleVector v = signed.abs().mul(TWO).min(TANH_SATURATED);
            DoubleVector rounded = v.fma(LOG2_E, ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, v));
            DoubleVector q = C13.fma(r, C12)
                    .fma(r, C11)
                    .fma(r, C10)
                    .fma(r, C9)
                    .fma(r, C8)
                    .fma(r, C7);
            q = q.fma(r, C6).fma(r, C5).fma(r, C4).fma(r, C3).fma(r, HALF);
            DoubleVector e = r.mul(r).fma(q, r);
            LongVector bits = ((LongVector) rounded.viewAsIntegralLanes()).sub(Ieee64.ROUNDER_BITS);
            bits = bits.add(Ieee64.BIAS).lanewise(VectorOperators.LSHL, Ieee64.FRACTION);
            DoubleVector power = (DoubleVector) bits.viewAsFloatingLanes();
            DoubleVector minusOne = power.fma(e, power.sub(ONE));
            DoubleVector magnitude = minusOne.div(minusOne.add(TWO));
            magnitude
                    .blend(magnitude.neg(), signed.test(VectorOperators.IS_NEGATIVE))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int log1p(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            DoubleVector u = v.add(ONE);
            LongVector bits = (LongVector) u.viewAsIntegralLanes();
            LongVector exponent = bits.sub(Ieee64.ROOT_OF_HALF).lanewise(VectorOperators.ASHR, Ieee64.FRACTION);
            LongVector rounded = exponent.add(Ieee64.ROUNDER_BITS);
            LongVector fraction = bits.sub(exponent.lanewise(VectorOperators.LSHL, Ieee64.FRACTION));
            DoubleVector k = ((DoubleVector) rounded.viewAsFloatingLanes()).sub(ROUNDER);
            DoubleVector f = ((DoubleVector) fraction.viewAsFloatingLanes()).sub(ONE);
            DoubleVector s = f.div(f.add(TWO));
            DoubleVector z = s.mul(s);
            DoubleVector q = L11.fma(z, L10).fma(z, L9).fma(z, L8).fma(z, L7).fma(z, L6);
            q = q.fma(z, L5).fma(z, L4).fma(z, L3).fma(z, L2).fma(z, L1);
            DoubleVector half = f.mul(HALF).mul(f);
            DoubleVector rest = s.fma(half.add(z.mul(q)), k.mul(LN2_LOW));
            k.fma(LN2_HIGH, f.sub(half.sub(rest))).add(v.sub(u.sub(ONE)).div(u)).intoArray(y, to + i);
        }
        return bound;
    }

    /// The sine, for `quarters` of 0, or the cosine, for 1.
    static int sine(double[] x, int from, double quarters, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            if (v.abs().compare(VectorOperators.GT, SINE_BOUND).anyTrue()) {
                for (int j = i; j < i + SPECIES.length(); j++) {
                    y[to + j] = quarters == 0 ? Float64Functions.sin(x[from + j]) : Float64Functions.cos(x[from + j]);
                }
                continue;
            }
            DoubleVector rounded = v.fma(TWO_OVER_PI, ROUNDER);
            DoubleVector k = rounded.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_HALF_PI_MIDDLE, k.fma(MINUS_HALF_PI_HIGH, v));
            r = k.fma(MINUS_HALF_PI_LOW, r);
            DoubleVector z = r.mul(r);
            DoubleVector even =
                    C17.fma(z, MINUS_C15).fma(z, C13).fma(z, MINUS_C11).fma(z, C9);
            even = r.mul(z).fma(even.fma(z, MINUS_C7).fma(z, C5).fma(z, MINUS_C3), r);
            DoubleVector odd =
                    C16.fma(z, MINUS_C14).fma(z, C12).fma(z, MINUS_C10).fma(z, C8);
            odd = odd.fma(z, MINUS_C6).fma(z, C4).fma(z, MINUS_HALF).fma(z, ONE);
            LongVector turns = (LongVector) rounded.add(quarters).viewAsIntegralLanes();
            VectorMask<Double> isOdd =
                    turns.and(1).compare(VectorOperators.NE, 0).cast(SPECIES);
            LongVector bits = (LongVector) even.blend(odd, isOdd).viewAsIntegralLanes();
            LongVector sign = turns.and(2).lanewise(VectorOperators.LSHL, Ieee64.SIGN - 1);
            ((DoubleVector) bits.lanewise(VectorOperators.XOR, sign).viewAsFloatingLanes()).intoArray(y, to + i);
        }
        return bound;
    }

    /// Of x, and in y the function at `-|x|`.
    static int normalCdf(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector tail = DoubleVector.fromArray(SPECIES, y, to + i);
            VectorMask<Double> negative =
                    DoubleVector.fromArray(SPECIES, x, from + i).lt(0);
            ONE.sub(tail).blend(tail, negative).intoArray(y, to + i);
        }
        return bound;
    }

    /// Of x, and in y `1 - erf(|x|)`, and in `series` what the series of a small x gives.
    static int erf(double[] x, int from, double[] y, int to, double[] series, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            DoubleVector large = ONE.sub(DoubleVector.fromArray(SPECIES, y, to + i));
            large.blend(large.neg(), v.test(VectorOperators.IS_NEGATIVE))
                    .blend(DoubleVector.fromArray(SPECIES, series, i), v.abs().lt(HALF))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int multiplyAdd(double[] t, double c, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        DoubleVector added = DoubleVector.broadcast(SPECIES, c);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, y, to + i)
                    .fma(DoubleVector.fromArray(SPECIES, t, i), added)
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int clearUnlessPositive(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector kept = DoubleVector.fromArray(SPECIES, y, to + i);
            VectorMask<Double> positive = zero.lt(DoubleVector.fromArray(SPECIES, x, from + i));
            zero.blend(kept, positive).intoArray(y, to + i);
        }
        return bound;
    }

    static int setWherePositive(double[] x, int from, double value, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector kept = DoubleVector.fromArray(SPECIES, y, to + i);
            VectorMask<Double> positive = zero.lt(DoubleVector.fromArray(SPECIES, x, from + i));
            kept.blend(value, positive).intoArray(y, to + i);
        }
        return bound;
    }
}
