package dev.descent.core.train;

import dev.descent.core.linalg.Float32Elementwise;
import dev.descent.core.linalg.Float64Elementwise;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.linalg.Products;
import dev.descent.core.linalg.Team;
import dev.descent.core.random.NumpyRandom;
import java.time.Duration;

/// What a JVM may have done before a run: thousands of products of odd shapes, few of them long, and functions on
/// stretches of every size, many of them too short for a vector. What its compiler has seen then is what is rare in the
/// run, and the other way round.
final class OtherWork {

    private static final int LARGEST = 70;
    private static final int LONG = 1100; // more inner indices than a packed block covers

    private final NumpyRandom random = new NumpyRandom(7);
    private final double[] x64 = new double[LARGEST];
    private final double[] y64 = new double[LARGEST];
    private final double[] spare64 = new double[LARGEST];
    private final float[] x32 = new float[LARGEST];
    private final float[] y32 = new float[LARGEST];
    private final float[] spare32 = new float[LARGEST];

    private OtherWork() {
        for (int i = 0; i < LARGEST; i++) {
            x64[i] = random.randn();
            x32[i] = (float) x64[i];
        }
    }

    static void goesOnFor(Duration time) {
        OtherWork work = new OtherWork();
        long end = System.nanoTime() + time.toNanos();
        try (Team one = Team.of(1);
                Team two = Team.of(2)) {
            while (System.nanoTime() - end < 0) {
                for (Precision precision : Precision.values()) {
                    work.multiply(Products.of(precision, one), precision);
                    work.multiply(Products.of(precision, two), precision);
                }
                for (int size = 0; size < LARGEST; size++) {
                    work.apply(size);
                    work.apply(size % 8);
                }
            }
        }
    }

    private void multiply(Products products, Precision precision) {
        for (int i = 0; i < 300; i++) {
            multiply(products, precision, random.randint(71), random.randint(71), random.randint(71));
        }
        multiply(products, precision, random.randint(71), LONG, random.randint(71));
    }

    private void multiply(Products products, Precision precision, int n, int in, int out) {
        Matrix x = matrix(precision, n, in);
        Matrix w = matrix(precision, out, in);
        Matrix d = matrix(precision, n, out);
        products.multiplyTransposed(x, w, matrix(precision, n, out));
        products.multiply(d, w, matrix(precision, n, in));
        products.transposedMultiply(d, x, matrix(precision, out, in));
    }

    private Matrix matrix(Precision precision, int rows, int columns) {
        Matrix matrix = Matrix.create(precision, rows, columns, Layout.values()[random.randint(2)]);
        for (int j = 0; j < columns && rows > 0; j++) {
            matrix.set(random.randint(rows), j, x64[j % LARGEST]);
        }
        return matrix;
    }

    private void apply(int size) {
        Float64Elementwise.sigmoid(x64, 0, y64, 0, size);
        Float64Elementwise.tanh(x64, 0, y64, 0, size);
        Float64Elementwise.exp(x64, 0, y64, 0, size);
        Float64Elementwise.expm1(x64, 0, y64, 0, size);
        Float64Elementwise.sin(x64, 0, y64, 0, size);
        Float64Elementwise.cos(x64, 0, y64, 0, size);
        Float64Elementwise.softplus(x64, 0, y64, 0, size);
        Float64Elementwise.normalCdf(x64, 0, y64, 0, size, spare64);
        Float64Elementwise.erf(x64, 0, y64, 0, size, spare64);
        Float32Elementwise.sigmoid(x32, 0, y32, 0, size);
        Float32Elementwise.tanh(x32, 0, y32, 0, size);
        Float32Elementwise.exp(x32, 0, y32, 0, size);
        Float32Elementwise.expm1(x32, 0, y32, 0, size);
        Float32Elementwise.sin(x32, 0, y32, 0, size);
        Float32Elementwise.cos(x32, 0, y32, 0, size);
        Float32Elementwise.softplus(x32, 0, y32, 0, size);
        Float32Elementwise.normalCdf(x32, 0, y32, 0, size, spare32);
        Float32Elementwise.erf(x32, 0, y32, 0, size, spare32);
    }
}
