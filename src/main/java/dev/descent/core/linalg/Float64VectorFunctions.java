package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [Float64Functions] on the lanes of vectors: the same operations in the same order, so the same
/// bits.
///
/// The build makes `Float32VectorFunctions` of this file.
final class Float64VectorFunctions {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private Float64VectorFunctions() {}

    /// Writes sigmoid of the first entries of `x` to `y`, whole vectors of them, and returns how many.
    static int sigmoid(double[] x, double[] y, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            sigmoid(DoubleVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        return bound;
    }

    /// Writes tanh of the first entries of `x` to `y`, whole vectors of them, and returns how many.
    static int tanh(double[] x, double[] y, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            tanh(DoubleVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        return bound;
    }

    static DoubleVector exp(DoubleVector x) {
        DoubleVector y = x.max(Ieee64.EXP_LOWEST).min(Ieee64.EXP_HIGHEST);
        DoubleVector rounded = y.fma(all(Ieee64.LOG2_E), all(Ieee64.ROUNDER));
        DoubleVector p =
                reducedExponentialMinusOne(y, rounded.sub(Ieee64.ROUNDER)).add(1);
        return p.mul(Ieee64Lanes.lowerPower(rounded)).mul(Ieee64Lanes.upperPower(rounded));
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
