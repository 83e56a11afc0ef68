package dev.descent.core.linalg;

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
    public void multiplyTransposed(Matrix x, Matrix w, Matrix z) {
        require(w.columns() == x.columns() && z.rows() == x.rows() && z.columns() == w.rows(), x, w, z);
        Float64Matrix left = (Float64Matrix) x;
        Float64Matrix right = (Float64Matrix) w;
        gemm(x.rows(), x.columns(), w.rows())
                .left(left.data(), left.rowStride(), left.columnStride())
                .right(right.data(), right.columnStride(), right.rowStride())
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
    public void transposedMultiply(Matrix d, Matrix x, Matrix g) {
        require(x.rows() == d.rows() && g.rows() == d.columns() && g.columns() == x.columns(), d, x, g);
        Float64Matrix left = (Float64Matrix) d;
        Float64Matrix right = (Float64Matrix) x;
        gemm(d.columns(), d.rows(), x.columns())
                .left(left.data(), left.columnStride(), left.rowStride())
                .right(right.data(), right.rowStride(), right.columnStride())
                .into((Float64Matrix) g, d.rows());
    }

    private Float64Gemm gemm(int rows, int inner, int columns) {
        return (long) rows * inner * columns < WORTH_PACKING ? small : large;
    }

    @Override
    public void addRow(Matrix b, Matrix z) {
        require(b.rows() == 1 && b.columns() == z.columns(), b, z, z);
        Float64Matrix row = (Float64Matrix) b;
        Float64Matrix target = (Float64Matrix) z;
        double[] values = target.data();
        int n = z.rows();
        int width = z.columns();
        if (target.rowStride() == 1) {
            for (int j = 0; j < width; j++) {
                double value = row.data()[j * row.columnStride()];
                int at = j * target.columnStride();
                for (int i = 0; i < n; i++) {
                    values[at + i] += value;
                }
            }
        } else {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < width; j++) {
                    values[i * width + j] += row.data()[j * row.columnStride()];
                }
            }
        }
    }

    @Override
    public void sumRows(Matrix d, Matrix s) {
        require(s.rows() == 1 && s.columns() == d.columns(), d, s, s);
        Float64Matrix from = (Float64Matrix) d;
        Float64Matrix sums = (Float64Matrix) s;
        double[] values = from.data();
        int step = from.rowStride();
        for (int j = 0; j < d.columns(); j++) {
            double sum = 0;
            int at = j * from.columnStride();
            for (int i = 0; i < d.rows(); i++) {
                sum += values[at];
                at += step;
            }
            sums.data()[j * sums.columnStride()] = sum;
        }
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
