package dev.descent.core.linalg;

/// [Float64Gemm] straight from the operands: for products too small to be worth packing, and the definition that a JVM
/// without the Vector API computes by.
final class Float64DirectGemm extends Float64Gemm {

    private final boolean vectors;

    Float64DirectGemm(Team team, boolean vectors) {
        super(team);
        this.vectors = vectors;
    }

    /// Turns the output so that its neighbours stand together along a row, or at least so that four chains run side by
    /// side.
    @Override
    void prepare() {
        if (cColumn != 1 || (columns < 4 && rows > columns)) {
            transpose();
        }
    }

    @Override
    public void part(int index, int parts) {
        int first = (int) ((long) rows * index / parts);
        int last = (int) ((long) rows * (index + 1) / parts);
        boolean together = vectors && cColumn == 1 && bColumn == 1 && columns >= 8;
        for (int i = first; i < last; i++) {
            int j = together ? Float64Lanes.row(a, i * aRow, aColumn, b, bRow, c, i * cRow, inner, columns) : 0;
            for (; j + 4 <= columns; j += 4) {
                four(i, j);
            }
            for (; j < columns; j++) {
                one(i, j);
            }
        }
        finish(index, first, last, 0, columns);
    }

    private void four(int i, int j) {
        double[] a = this.a;
        double[] b = this.b;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int atA = i * aRow;
        int at0 = j * bColumn;
        int at1 = at0 + bColumn;
        int at2 = at1 + bColumn;
        int at3 = at2 + bColumn;
        for (int k = 0, move = 0; k < inner; k++, move += bRow) {
            double factor = a[atA];
            sum0 = Math.fma(factor, b[at0 + move], sum0);
            sum1 = Math.fma(factor, b[at1 + move], sum1);
            sum2 = Math.fma(factor, b[at2 + move], sum2);
            sum3 = Math.fma(factor, b[at3 + move], sum3);
            atA += aColumn;
        }
        int at = i * cRow + j * cColumn;
        c[at] = sum0;
        c[at + cColumn] = sum1;
        c[at + 2 * cColumn] = sum2;
        c[at + 3 * cColumn] = sum3;
    }

    private void one(int i, int j) {
        double sum = 0;
        int atA = i * aRow;
        int atB = j * bColumn;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(a[atA], b[atB], sum);
            atA += aColumn;
            atB += bRow;
        }
        c[i * cRow + j * cColumn] = sum;
    }
}
