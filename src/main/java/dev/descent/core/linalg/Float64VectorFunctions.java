package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [Float64Functions] on the lanes of vectors: the same operations in the same order, so the same
/// bits.
///
/// The build makes `Float32VectorFunctions` of this file.
final class Float64VectorFunctions {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private Float64VectorFunctions() {}

    static DoubleVector exp(DoubleVector x) {
        DoubleVector y = x.max(Ieee64.EXP_LOWEST).min(Ieee64.EXP_HIGHEST);
        DoubleVector rounded = y.fma(all(Ieee64.LOG2_E), all(Ieee64.ROUNDER));
        DoubleVector p =
                reducedExponentialMinusOne(y, rounded.sub(Ieee64.ROUNDER)).add(1);
        return p.mul(Ieee64Lanes.lowerPower(rounded)).mul(Ieee64Lanes.upperPower(rounded));
    }

    static DoubleVector expm1(DoubleVector x) {
        DoubleVector y = x.max(Ieee64.EXP_LOWEST).min(Ieee64.EXP_HIGHEST);
        DoubleVector rounded = y.fma(all(Ieee64.LOG2_E), all(Ieee64.ROUNDER));
        DoubleVector e = reducedExponentialMinusOne(y, rounded.sub(Ieee64.ROUNDER));
        DoubleVector lower = Ieee64Lanes.lowerPower(rounded);
        DoubleVector upper = Ieee64Lanes.upperPower(rounded);
        return lower.fma(e, lower.sub(all(1).div(upper))).mul(upper);
    }

    static DoubleVector sigmoid(DoubleVector x) {
        return all(1).div(exp(x.neg()).add(1));
    }

    static DoubleVector tanh(DoubleVector x) {
        DoubleVector y = x.abs().mul(2).min(Ieee64.TANH_SATURATED);
        DoubleVector rounded = y.fma(all(Ieee64.LOG2_E), all(Ieee64.ROUNDER));
        DoubleVector e = reducedExponentialMinusOne(y, rounded.sub(Ieee64.ROUNDER));
        DoubleVector power = Ieee64Lanes.lowerPower(rounded).mul(Ieee64Lanes.upperPower(rounded));
        DoubleVector minusOne = power.fma(e, power.sub(1));
        return Ieee64Lanes.copySign(minusOne.div(minusOne.add(2)), x);
    }

    static DoubleVector softplus(DoubleVector x) {
        return x.max(0).add(log1p(exp(x.abs().neg())));
    }

    static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = x.add(1);
        return normalLog(u).add(x.sub(u.sub(1)).div(u));
    }

    static DoubleVector erf(DoubleVector x) {
        DoubleVector y = x.abs();
        VectorMask<Double> small = y.lt((double) 0.5);
        DoubleVector series = x.mul(horner(Float64Functions.ERF, x.mul(x)));
        y = y.min(Ieee64.ERFC_VANISHED);
        DoubleVector square = y.mul(y);
        DoubleVector tail = gaussian(square, y.fma(y, square.neg())).mul(scaledErfc(y));
        return Ieee64Lanes.copySign(all(1).sub(tail), x).blend(series, small);
    }

    static DoubleVector normalCdf(DoubleVector x) {
        DoubleVector y = x.abs().min(Ieee64.ERFC_VANISHED * (double) 1.4140625);
        DoubleVector square = y.mul(y);
        double half = (double) 0.5;
        DoubleVector gaussian =
                gaussian(square.mul(half), y.fma(y, square.neg()).mul(half));
        DoubleVector tail = gaussian.mul(half).mul(scaledErfc(y.mul(Float64Functions.ROOT_OF_HALF)));
        return all(1).sub(tail).blend(tail, x.lt(0));
    }

    /// Whether [#sin] and [#cos] may be asked for these.
    static boolean reducible(DoubleVector x) {
        return !x.abs().compare(VectorOperators.GT, Ieee64.SINE_BOUND).anyTrue();
    }

    /// Of lanes that are [#reducible].
    static DoubleVector sin(DoubleVector x) {
        DoubleVector rounded = x.fma(all(Ieee64.TWO_OVER_PI), all(Ieee64.ROUNDER));
        return quarterTurns(x, rounded.sub(Ieee64.ROUNDER), rounded);
    }

    /// Of lanes that are [#reducible].
    static DoubleVector cos(DoubleVector x) {
        DoubleVector rounded = x.fma(all(Ieee64.TWO_OVER_PI), all(Ieee64.ROUNDER));
        return quarterTurns(x, rounded.sub(Ieee64.ROUNDER), rounded.add(1));
    }

    private static DoubleVector quarterTurns(DoubleVector x, DoubleVector k, DoubleVector turns) {
        DoubleVector r = k.fma(all(-Ieee64.HALF_PI_MIDDLE), k.fma(all(-Ieee64.HALF_PI_HIGH), x));
        r = k.fma(all(-Ieee64.HALF_PI_LOW), r);
        DoubleVector z = r.mul(r);
        return Ieee64Lanes.turn(reducedSine(r, z).blend(reducedCosine(z), Ieee64Lanes.isOdd(turns)), turns);
    }

    private static DoubleVector reducedSine(DoubleVector r, DoubleVector z) {
        DoubleVector q = all(Float64Functions.C17).fma(z, all(-Float64Functions.C15));
        q = q.fma(z, all(Float64Functions.C13));
        q = q.fma(z, all(-Float64Functions.C11));
        q = q.fma(z, all(Float64Functions.C9));
        q = q.fma(z, all(-Float64Functions.C7));
        q = q.fma(z, all(Float64Functions.C5));
        q = q.fma(z, all(-Float64Functions.C3));
        return r.mul(z).fma(q, r);
    }

    private static DoubleVector reducedCosine(DoubleVector z) {
        DoubleVector q = all(Float64Functions.C16).fma(z, all(-Float64Functions.C14));
        q = q.fma(z, all(Float64Functions.C12));
        q = q.fma(z, all(-Float64Functions.C10));
        q = q.fma(z, all(Float64Functions.C8));
        q = q.fma(z, all(-Float64Functions.C6));
        q = q.fma(z, all(Float64Functions.C4));
        q = q.fma(z, all((double) -0.5));
        return q.fma(z, all(1));
    }

    private static DoubleVector normalLog(DoubleVector x) {
        DoubleVector k = Ieee64Lanes.logExponent(x);
        DoubleVector f = Ieee64Lanes.logFraction(x).sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector q = all(Float64Functions.L11).fma(z, all(Float64Functions.L10));
        q = q.fma(z, all(Float64Functions.L9));
        q = q.fma(z, all(Float64Functions.L8));
        q = q.fma(z, all(Float64Functions.L7));
        q = q.fma(z, all(Float64Functions.L6));
        q = q.fma(z, all(Float64Functions.L5));
        q = q.fma(z, all(Float64Functions.L4));
        q = q.fma(z, all(Float64Functions.L3));
        q = q.fma(z, all(Float64Functions.L2));
        q = q.fma(z, all(Float64Functions.L1));
        DoubleVector half = f.mul((double) 0.5).mul(f);
        DoubleVector rest = s.fma(half.add(z.mul(q)), k.mul(Ieee64.LN2_LOW));
        return k.fma(all(Ieee64.LN2_HIGH), f.sub(half.sub(rest)));
    }

    private static DoubleVector gaussian(DoubleVector square, DoubleVector rest) {
        DoubleVector e = exp(square.neg());
        return e.fma(rest.neg(), e);
    }

    private static DoubleVector scaledErfc(DoubleVector y) {
        DoubleVector t = y.sub(Ieee64.ERFC_CENTRE).div(y.add(Ieee64.ERFC_CENTRE));
        return horner(Ieee64.ERFC, t).div(y.mul(2).add(1));
    }

    private static DoubleVector horner(double[] coefficients, DoubleVector x) {
        DoubleVector q = all(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            q = q.fma(x, all(coefficients[i]));
        }
        return q;
    }

    private static DoubleVector reducedExponentialMinusOne(DoubleVector y, DoubleVector k) {
        DoubleVector r = k.fma(all(-Ieee64.LN2_LOW), k.fma(all(-Ieee64.LN2_HIGH), y));
        DoubleVector q = all(Float64Functions.C13).fma(r, all(Float64Functions.C12));
        q = q.fma(r, all(Float64Functions.C11));
        q = q.fma(r, all(Float64Functions.C10));
        q = q.fma(r, all(Float64Functions.C9));
        q = q.fma(r, all(Float64Functions.C8));
        q = q.fma(r, all(Float64Functions.C7));
        q = q.fma(r, all(Float64Functions.C6));
        q = q.fma(r, all(Float64Functions.C5));
        q = q.fma(r, all(Float64Functions.C4));
        q = q.fma(r, all(Float64Functions.C3));
        q = q.fma(r, all((double) 0.5));
        return r.mul(r).fma(q, r);
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
