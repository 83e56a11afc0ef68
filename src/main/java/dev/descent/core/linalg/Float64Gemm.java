package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// General matrix multiplication in binary64, `c = a b`, on strided operands: `a(i, k) = a[i aRow + k aColumn]`, b
/// and c likewise. One product at a time, its output split over a team; the operands are fields so that a step
/// allocates
/// nothing.
///
/// The build makes `Float32Gemm` and its subclasses of this file and theirs by writing `float` for every `double`.
abstract class Float64Gemm implements Team.Part {

    /// Multiply-adds below which waking other threads costs more than it saves.
    private static final long WORTH_SHARING = 1L << 16;

    private static final double[] NONE = {};

    double[] a = NONE;
    double[] b = NONE;
    double[] c = NONE;
    int aRow;
    int aColumn;
    int bRow;
    int bColumn;
    int cRow;
    int cColumn;
    int rows;
    int inner;
    int columns;

    private final Team team;
    private @Nullable Float64Matrix bias; // a number for each column of the output as it was given
    private @Nullable Epilogue after;
    boolean turned; // c is the transpose of what was given

    Float64Gemm(Team team) {
        this.team = team;
    }

    /// The matrix in which to read x, the left operand or the transposed right one: x's rows together.
    Float64Matrix source(Rows x, boolean left) {
        return (Float64Matrix) x.gathered();
    }

    /// The first operand, whose rows are those of the output.
    final Float64Gemm left(double[] a, int aRow, int aColumn) {
        this.a = a;
        this.aRow = aRow;
        this.aColumn = aColumn;
        return this;
    }

    /// The second operand, whose columns are those of the output.
    final Float64Gemm right(double[] b, int bRow, int bColumn) {
        this.b = b;
        this.bRow = bRow;
        this.bColumn = bColumn;
        return this;
    }

    /// What follows on the product; [#into] forgets it.
    final Float64Gemm then(@Nullable Float64Matrix bias, @Nullable Epilogue after) {
        this.bias = bias;
        this.after = after;
        return this;
    }

    /// Computes `c` with `inner` terms an element.
    final void into(Float64Matrix c, int inner) {
        turned = false;
        this.c = c.data();
        this.rows = c.rows();
        this.inner = inner;
        this.columns = c.columns();
        cRow = c.rowStride();
        cColumn = c.columnStride();
        prepare();
        if (team.size() == 1 || (long) rows * inner * columns < WORTH_SHARING) {
            part(0, 1);
        } else {
            team.run(this);
        }
        bias = null;
        after = null;
    }

    /// To be called once for every rectangle of c whose chains have ended.
    final void finish(int part, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        if (firstRow == lastRow || firstColumn == lastColumn) {
            return;
        }
        if (bias != null) {
            if (turned) {
                addToRows(bias, firstRow, lastRow, firstColumn, lastColumn);
            } else {
                addToColumns(bias, firstRow, lastRow, firstColumn, lastColumn);
            }
        }
        if (after != null && turned) {
            after.apply(part, firstColumn, lastColumn, firstRow, lastRow);
        } else if (after != null) {
            after.apply(part, firstRow, lastRow, firstColumn, lastColumn);
        }
    }

    private void addToRows(Float64Matrix bias, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        for (int i = firstRow; i < lastRow; i++) {
            double value = bias.data()[i * bias.columnStride()];
            int at = i * cRow;
            if (cColumn == 1) {
                for (int j = firstColumn; j < lastColumn; j++) {
                    c[at + j] += value;
                }
            } else {
                for (int j = firstColumn; j < lastColumn; j++) {
                    c[at + j * cColumn] += value;
                }
            }
        }
    }

    private void addToColumns(Float64Matrix bias, int firstRow, int lastRow, int firstColumn, int lastColumn) {
        double[] values = bias.data();
        int step = bias.columnStride();
        for (int i = firstRow; i < lastRow; i++) {
            int at = i * cRow;
            if (cColumn == 1 && step == 1) {
                for (int j = firstColumn; j < lastColumn; j++) {
                    c[at + j] += values[j];
                }
            } else {
                for (int j = firstColumn; j < lastColumn; j++) {
                    c[at + j * cColumn] += values[j * step];
                }
            }
        }
    }

    /// Called once a product, before its parts, on the caller's thread.
    void prepare() {}

    /// Computes the product of c' = b' a' instead, c' being the transpose of c in the same storage.
    final void transpose() {
        turned = !turned;
        double[] left = a;
        a = b;
        b = left;
        int row = aRow;
        int column = aColumn;
        aRow = bColumn;
        aColumn = bRow;
        bRow = column;
        bColumn = row;
        int swap = rows;
        rows = columns;
        columns = swap;
        swap = cRow;
        cRow = cColumn;
        cColumn = swap;
    }

    final int parts() {
        return team.size();
    }
}
