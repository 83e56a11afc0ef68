package dev.descent.core.linalg;

/// General matrix multiplication in binary64, `c = a b`, on strided operands: `a(i, k) = a[i aRow + k aColumn]`, b and
/// c
/// likewise. One product at a time, its output split over a team; the operands are fields so that a step allocates
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

    Float64Gemm(Team team) {
        this.team = team;
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

    /// Computes `c` with `inner` terms an element.
    final void into(Float64Matrix c, int inner) {
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
    }

    /// Called once a product, before its parts, on the caller's thread.
    void prepare() {}

    /// Computes the product of c' = b' a' instead, c' being the transpose of c in the same storage.
    final void transpose() {
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
