package dev.descent.core.linalg;

import java.util.Arrays;

/// [Products] in binary64: small ones by scalars, the rest by vectors where the JVM has them, with the same bits.
///
/// The build makes `Float32Products` of this file by writing `float` for every `double`.
final class Float64Products implements Products {

    /// Multiply-adds below which packing costs more than vectors save.
    private static final long WORTH_PACKING = 4096;

    private final Float64Gemm small;
    private final Float64Gemm large;

    Float64Products(Team team, boolean vectors) {
        small = new Float64ScalarGemm(team);
        large = vectors ? new Float64VectorGemm(team) : small;
    }

    @Override
    public void multiplyTransposed(Matrix x, Matrix w, Matrix z) {
        int n = x.rows();
        int in = x.columns();
        int out = w.rows();
        require(w.columns() == in && z.rows() == n && z.columns() == out, x, w, z);
        gemm(n, in, out).left(data(x), in, 1).right(data(w), 1, in).into(data(z), n, in, out);
    }

    @Override
    public void multiply(Matrix d, Matrix w, Matrix y) {
        int n = d.rows();
        int out = d.columns();
        int in = w.columns();
        require(w.rows() == out && y.rows() == n && y.columns() == in, d, w, y);
        gemm(n, out, in).left(data(d), out, 1).right(data(w), in, 1).into(data(y), n, out, in);
    }

    @Override
    public void transposedMultiply(Matrix d, Matrix x, Matrix g) {
        int n = d.rows();
        int out = d.columns();
        int in = x.columns();
        require(x.rows() == n && g.rows() == out && g.columns() == in, d, x, g);
        gemm(out, n, in).left(data(d), 1, out).right(data(x), in, 1).into(data(g), out, n, in);
    }

    private Float64Gemm gemm(int rows, int inner, int columns) {
        return (long) rows * inner * columns < WORTH_PACKING ? small : large;
    }

    @Override
    public void addRow(Matrix b, Matrix z) {
        require(b.rows() == 1 && b.columns() == z.columns(), b, z, z);
        double[] row = data(b);
        double[] values = data(z);
        int width = z.columns();
        for (int i = 0, at = 0; i < z.rows(); i++, at += width) {
            for (int j = 0; j < width; j++) {
                values[at + j] += row[j];
            }
        }
    }

    @Override
    public void sumRows(Matrix d, Matrix s) {
        require(s.rows() == 1 && s.columns() == d.columns(), d, s, s);
        double[] sums = data(s);
        double[] values = data(d);
        int width = d.columns();
        Arrays.fill(sums, 0, width, 0);
        for (int i = 0, at = 0; i < d.rows(); i++, at += width) {
            for (int j = 0; j < width; j++) {
                sums[j] += values[at + j];
            }
        }
    }

    private static double[] data(Matrix matrix) {
        return ((Float64Matrix) matrix).data();
    }

    private static void require(boolean fit, Matrix left, Matrix right, Matrix result) {
        if (!fit) {
            throw new IllegalArgumentException(
                    "shapes do not fit: " + shape(left) + ", " + shape(right) + " -> " + shape(result));
        }
    }

    private static String shape(Matrix matrix) {
        return "(" + matrix.rows() + " x " + matrix.columns() + ")";
    }
}
