package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// A row of a small product in binary64, its elements in the lanes of vectors, each lane one element's chain.
///
/// The build makes `Float32Lanes` of this file.
final class Float64Lanes {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private Float64Lanes() {}

    /// Writes whole vectors of `c[j] = chain over k of a[atA + k aStep] b[k bRow + j]` and returns how many elements.
    static int row(double[] a, int atA, int aStep, double[] b, int bRow, double[] c, int atC, int inner, int columns) {
        int j = 0;
        for (; j + 4 * LANES <= columns; j += 4 * LANES) {
            DoubleVector sum0 = DoubleVector.zero(SPECIES);
            DoubleVector sum1 = sum0;
            DoubleVector sum2 = sum0;
            DoubleVector sum3 = sum0;
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, a[atA + k * aStep]);
                int at = k * bRow + j;
                sum0 = factor.fma(DoubleVector.fromArray(SPECIES, b, at), sum0);
                sum1 = factor.fma(DoubleVector.fromArray(SPECIES, b, at + LANES), sum1);
                sum2 = factor.fma(DoubleVector.fromArray(SPECIES, b, at + 2 * LANES), sum2);
                sum3 = factor.fma(DoubleVector.fromArray(SPECIES, b, at + 3 * LANES), sum3);
            }
            sum0.intoArray(c, atC + j);
            sum1.intoArray(c, atC + j + LANES);
            sum2.intoArray(c, atC + j + 2 * LANES);
            sum3.intoArray(c, atC + j + 3 * LANES);
        }
        for (; j + LANES <= columns; j += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int k = 0; k < inner; k++) {
                DoubleVector factor = DoubleVector.broadcast(SPECIES, a[atA + k * aStep]);
                sum = factor.fma(DoubleVector.fromArray(SPECIES, b, k * bRow + j), sum);
            }
            sum.intoArray(c, atC + j);
        }
        return j;
    }
}
