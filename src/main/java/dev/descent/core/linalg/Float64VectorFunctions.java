package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [Float64Functions] on the lanes of vectors: the same operations in the same order, so the same
/// bits.
///
/// The compiler stops inlining after a few dozen operations on vectors and then makes an object of each, so none of
/// these
/// may grow much; constants are vectors already, and a function of several stages has a method for each. The build
/// makes `Float32VectorFunctions` of this file.
final class Float64VectorFunctions {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

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
    private static final DoubleVector TWO_OVER_PI = all(Ieee64.TWO_OVER_PI);

    private Float64VectorFunctions() {}

    static DoubleVector exp(DoubleVector x) {
        DoubleVector y = x.max(Ieee64.EXP_LOWEST).min(Ieee64.EXP_HIGHEST);
        DoubleVector rounded = y.fma(LOG2_E, ROUNDER);
        DoubleVector p = reducedExponentialMinusOne(y, rounded.sub(ROUNDER)).add(ONE);
        return p.mul(Ieee64Lanes.lowerPower(rounded)).mul(Ieee64Lanes.upperPower(rounded));
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector y = x.max(Ieee64.EXP_LOWEST).min(Ieee64.EXP_HIGHEST);
        DoubleVector rounded = y.fma(LOG2_E, ROUNDER);
        DoubleVector e = reducedExponentialMinusOne(y, rounded.sub(ROUNDER));
        DoubleVector lower = Ieee64Lanes.lowerPower(rounded);
        DoubleVector upper = Ieee64Lanes.upperPower(rounded);
        return lower.fma(e, lower.sub(ONE.div(upper))).mul(upper);
    }

    static DoubleVector sigmoid(DoubleVector x) {
        return ONE.div(exp(x.neg()).add(ONE));
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector y = x.abs().mul(2).min(Ieee64.TANH_SATURATED);
        DoubleVector rounded = y.fma(LOG2_E, ROUNDER);
        DoubleVector e = reducedExponentialMinusOne(y, rounded.sub(ROUNDER));
        DoubleVector power = Ieee64Lanes.power(rounded);
        DoubleVector minusOne = power.fma(e, power.sub(ONE));
        return withSign(minusOne.div(minusOne.add(2)), x);
    }

    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(ONE);
        return normalLog(u).add(x.sub(u.sub(ONE)).div(u));
    }

    /// erf(x), given `1 - erf(|x|)` and what the series of a small x gives.
    static DoubleVector erf(DoubleVector x, DoubleVector complement, DoubleVector series) {
        return withSign(ONE.sub(complement), x).blend(series, x.abs().lt((double) 0.5));
    }

    /// The distribution function at x, given that at `-|x|`.
    static DoubleVector normalCdf(DoubleVector x, DoubleVector tail) {
        return ONE.sub(tail).blend(tail, x.lt(0));
    }

    /// Whether [#sin] and [#cos] may be asked for these.
    static boolean reducible(DoubleVector x) {
        return !x.abs().compare(VectorOperators.GT, Ieee64.SINE_BOUND).anyTrue();
    }

    /// Of lanes that are [#reducible].
    static DoubleVector sin(DoubleVector x) {
        DoubleVector rounded = x.fma(TWO_OVER_PI, ROUNDER);
        return quarterTurns(x, rounded.sub(ROUNDER), rounded);
    }

    /// Of lanes that are [#reducible].
    static DoubleVector cos(DoubleVector x) {
        DoubleVector rounded = x.fma(TWO_OVER_PI, ROUNDER);
        return quarterTurns(x, rounded.sub(ROUNDER), rounded.add(ONE));
    }

    private static DoubleVector quarterTurns(DoubleVector x, DoubleVector k, DoubleVector turns) {
        DoubleVector r = k.fma(MINUS_HALF_PI_MIDDLE, k.fma(MINUS_HALF_PI_HIGH, x));
        r = k.fma(MINUS_HALF_PI_LOW, r);
        DoubleVector z = r.mul(r);
        return Ieee64Lanes.turn(reducedSine(r, z).blend(reducedCosine(z), Ieee64Lanes.isOdd(turns)), turns);
    }

    private static DoubleVector reducedSine(DoubleVector r, DoubleVector z) {
        DoubleVector q = C17.fma(z, MINUS_C15);
        q = q.fma(z, C13);
        q = q.fma(z, MINUS_C11);
        q = q.fma(z, C9);
        q = q.fma(z, MINUS_C7);
        q = q.fma(z, C5);
        q = q.fma(z, MINUS_C3);
        return r.mul(z).fma(q, r);
    }

    private static DoubleVector reducedCosine(DoubleVector z) {
        DoubleVector q = C16.fma(z, MINUS_C14);
        q = q.fma(z, C12);
        q = q.fma(z, MINUS_C10);
        q = q.fma(z, C8);
        q = q.fma(z, MINUS_C6);
        q = q.fma(z, C4);
        q = q.fma(z, MINUS_HALF);
        return q.fma(z, ONE);
    }

    private static DoubleVector normalLog(DoubleVector x) {
        DoubleVector k = Ieee64Lanes.logExponent(x);
        DoubleVector f = Ieee64Lanes.logFraction(x).sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector q = L11.fma(z, L10);
        q = q.fma(z, L9);
        q = q.fma(z, L8);
        q = q.fma(z, L7);
        q = q.fma(z, L6);
        q = q.fma(z, L5);
        q = q.fma(z, L4);
        q = q.fma(z, L3);
        q = q.fma(z, L2);
        q = q.fma(z, L1);
        DoubleVector half = f.mul((double) 0.5).mul(f);
        DoubleVector rest = s.fma(half.add(z.mul(q)), k.mul(Ieee64.LN2_LOW));
        return k.fma(LN2_HIGH, f.sub(half.sub(rest)));
    }

    /// `magnitude`, which is not negative, with the signs of `sign`.
    private static DoubleVector withSign(DoubleVector magnitude, DoubleVector sign) {
        return magnitude.blend(magnitude.neg(), sign.test(VectorOperators.IS_NEGATIVE));
    }

    private static DoubleVector reducedExponentialMinusOne(DoubleVector y, DoubleVector k) {
        DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, y));
        DoubleVector q = C13.fma(r, C12);
        q = q.fma(r, C11);
        q = q.fma(r, C10);
        q = q.fma(r, C9);
        q = q.fma(r, C8);
        q = q.fma(r, C7);
        q = q.fma(r, C6);
        q = q.fma(r, C5);
        q = q.fma(r, C4);
        q = q.fma(r, C3);
        q = q.fma(r, HALF);
        return r.mul(r).fma(q, r);
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
