package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// [Products] in binary64: small ones straight from the operands, the rest by packed panels, all with the same bits.
///
/// The build makes `Float32Products` of this file by writing `float` for every `double`.
final class Float64Products implements Products {

    /// Multiply-adds below which packing costs more than vectors save.
    private static final long WORTH_PACKING = 4096;

    private final Float64Gemm small;
    private final Float64Gemm large;

    Float64Products(Team team, boolean vectors) {
        small = new Float64DirectGemm(team, vectors);
        large = vectors ? new Float64PackedGemm(team) : small;
    }

    @Override
    public void multiplyTransposed(Rows x, Matrix w, Matrix z) {
        affine(x, w, null, z, null);
    }

    @Override
    public void affine(Rows x, Matrix w, @Nullable Matrix b, Matrix z, @Nullable Epilogue after) {
        require(b == null || (b.rows() == 1 && b.columns() == z.columns()), x, w, z);
        require(w.columns() == x.columns() && z.rows() == x.rows() && z.columns() == w.rows(), x, w, z);
        Float64Gemm gemm = gemm(x.rows(), x.columns(), w.rows());
        Float64Matrix left = gemm.source(x, true);
        Float64Matrix right = (Float64Matrix) w;
        gemm.left(left.data(), left.rowStride(), left.columnStride())
                .right(right.data(), right.columnStride(), right.rowStride())
                .then((Float64Matrix) b, after)
                .into((Float64Matrix) z, x.columns());
    }

    @Override
    public void multiply(Matrix d, Matrix w, Matrix y) {
        require(w.rows() == d.columns() && y.rows() == d.rows() && y.columns() == w.columns(), d, w, y);
        Float64Matrix left = (Float64Matrix) d;
        Float64Matrix right = (Float64Matrix) w;
        gemm(d.rows(), d.columns(), w.columns())
                .left(left.data(), left.rowStride(), left.columnStride())
                .right(right.data(), right.rowStride(), right.columnStride())
                .into((Float64Matrix) y, d.columns());
    }

    @Override
    public void transposedMultiply(Matrix d, Rows x, Matrix g) {
        require(x.rows() == d.rows() && g.rows() == d.columns() && g.columns() == x.columns(), d, x, g);
        Float64Gemm gemm = gemm(d.columns(), d.rows(), x.columns());
        Float64Matrix left = (Float64Matrix) d;
        Float64Matrix right = gemm.source(x, false);
        gemm.left(left.data(), left.columnStride(), left.rowStride())
                .right(right.data(), right.rowStride(), right.columnStride())
                .into((Float64Matrix) g, d.rows());
    }

    private Float64Gemm gemm(int rows, int inner, int columns) {
        return (long) rows * inner * columns < WORTH_PACKING ? small : large;
    }

    @Override
    public int parts() {
        return large.parts();
    }

    /// Several columns at a time, since one sum has to wait for each of its terms.
    @Override
    public void sumRows(Matrix d, Matrix s) {
        require(s.rows() == 1 && s.columns() == d.columns(), d, s, s);
        Float64Matrix from = (Float64Matrix) d;
        Float64Matrix sums = (Float64Matrix) s;
        int j = 0;
        for (; j + 4 <= d.columns(); j += 4) {
            fourSums(from, j, sums);
        }
        for (; j < d.columns(); j++) {
            double sum = 0;
            int at = j * from.columnStride();
            for (int i = 0; i < d.rows(); i++) {
                sum += from.data()[at];
                at += from.rowStride();
            }
            sums.data()[j * sums.columnStride()] = sum;
        }
    }

    private static void fourSums(Float64Matrix d, int column, Float64Matrix s) {
        double[] values = d.data();
        int step = d.columnStride();
        int at = column * step;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = 0; i < d.rows(); i++) {
            sum0 += values[at];
            sum1 += values[at + step];
            sum2 += values[at + 2 * step];
            sum3 += values[at + 3 * step];
            at += d.rowStride();
        }
        double[] sums = s.data();
        int to = s.columnStride();
        sums[column * to] = sum0;
        sums[(column + 1) * to] = sum1;
        sums[(column + 2) * to] = sum2;
        sums[(column + 3) * to] = sum3;
    }

    private static void require(boolean fit, Rows left, Rows right, Rows result) {
        if (!fit) {
            throw new IllegalArgumentException(
                    "shapes do not fit: " + shape(left) + ", " + shape(right) + " -> " + shape(result));
        }
    }

    private static String shape(Rows matrix) {
        return "(" + matrix.rows() + " x " + matrix.columns() + ")";
    }
}
