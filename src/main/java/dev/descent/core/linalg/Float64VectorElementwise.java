package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The whole vectors of [Float64Elementwise]'s stretches; each method returns how many entries they hold.
///
/// The build makes `Float32VectorElementwise` of this file.
final class Float64VectorElementwise {

    private static final VectorSpecies<Double> SPECIES = Float64VectorFunctions.SPECIES;

    private Float64VectorElementwise() {}

    static int sigmoid(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            Float64VectorFunctions.sigmoid(DoubleVector.fromArray(SPECIES, x, from + i))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int tanh(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            Float64VectorFunctions.tanh(DoubleVector.fromArray(SPECIES, x, from + i))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int log1p(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            Float64VectorFunctions.log1p(DoubleVector.fromArray(SPECIES, x, from + i))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int exp(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            Float64VectorFunctions.exp(DoubleVector.fromArray(SPECIES, x, from + i))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int expm1(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            Float64VectorFunctions.expm1(DoubleVector.fromArray(SPECIES, x, from + i))
                    .intoArray(y, to + i);
        }
        return bound;
    }

    /// Of x, and in y the function at `-|x|`.
    static int normalCdf(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector tail = DoubleVector.fromArray(SPECIES, y, to + i);
            Float64VectorFunctions.normalCdf(DoubleVector.fromArray(SPECIES, x, from + i), tail)
                    .intoArray(y, to + i);
        }
        return bound;
    }

    /// Of x, and in y `1 - erf(|x|)`, and in `series` what the series of a small x gives.
    static int erf(double[] x, int from, double[] y, int to, double[] series, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector complement = DoubleVector.fromArray(SPECIES, y, to + i);
            DoubleVector small = DoubleVector.fromArray(SPECIES, series, i);
            Float64VectorFunctions.erf(DoubleVector.fromArray(SPECIES, x, from + i), complement, small)
                    .intoArray(y, to + i);
        }
        return bound;
    }

    static int sin(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            if (Float64VectorFunctions.reducible(v)) {
                Float64VectorFunctions.sin(v).intoArray(y, to + i);
            } else {
                for (int j = i; j < i + SPECIES.length(); j++) {
                    y[to + j] = Float64Functions.sin(x[from + j]);
                }
            }
        }
        return bound;
    }

    static int cos(double[] x, int from, double[] y, int to, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i);
            if (Float64VectorFunctions.reducible(v)) {
                Float64VectorFunctions.cos(v).intoArray(y, to + i);
            } else {
                for (int j = i; j < i + SPECIES.length(); j++) {
                    y[to + j] = Float64Functions.cos(x[from + j]);
                }
            }
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
