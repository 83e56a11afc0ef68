package dev.descent.core.linalg;

/// [Float64Gemm] straight from the operands: for products too small to be worth packing, and the definition that a JVM
/// without the Vector API computes by.
final class Float64DirectGemm extends Float64Gemm {

    private final boolean vectors;

    Float64DirectGemm(Team team, boolean vectors) {
        super(team, false);
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
        boolean together = vectors && cColumn == 1 && b.lineStride == 1 && columns >= 8;
        for (int i = first; i < last; i++) {
            int j = together ? row(i) : 0;
            for (; j + 4 <= columns; j += 4) {
                four(i, j);
            }
            for (; j < columns; j++) {
                one(i, j);
            }
        }
        finish(index, first, last, 0, columns);
    }

    private int row(int i) {
        int at = i * a.lineStride;
        return Float64Lanes.row(a.data, at, a.termStride, b.data, b.termStride, c, i * cRow, inner, columns);
    }

    private void four(int i, int j) {
        double[] a = this.a.data;
        double[] b = this.b.data;
        int aTerm = this.a.termStride;
        int bLine = this.b.lineStride;
        int bTerm = this.b.termStride;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int atA = i * this.a.lineStride;
        int at0 = j * bLine;
        int at1 = at0 + bLine;
        int at2 = at1 + bLine;
        int at3 = at2 + bLine;
        for (int k = 0, move = 0; k < inner; k++, move += bTerm) {
            double factor = a[atA];
            sum0 = Math.fma(factor, b[at0 + move], sum0);
            sum1 = Math.fma(factor, b[at1 + move], sum1);
            sum2 = Math.fma(factor, b[at2 + move], sum2);
            sum3 = Math.fma(factor, b[at3 + move], sum3);
            atA += aTerm;
        }
        int at = i * cRow + j * cColumn;
        c[at] = sum0;
        c[at + cColumn] = sum1;
        c[at + 2 * cColumn] = sum2;
        c[at + 3 * cColumn] = sum3;
    }

    private void one(int i, int j) {
        double[] a = this.a.data;
        double[] b = this.b.data;
        double sum = 0;
        int atA = i * this.a.lineStride;
        int atB = j * this.b.lineStride;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(a[atA], b[atB], sum);
            atA += this.a.termStride;
            atB += this.b.termStride;
        }
        c[i * cRow + j * cColumn] = sum;
    }
}
