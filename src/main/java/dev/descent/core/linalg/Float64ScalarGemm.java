package dev.descent.core.linalg;

/// [Float64Gemm] without vectors: the definition, for products too small for panels and for a JVM without the Vector
/// API.
final class Float64ScalarGemm extends Float64Gemm {

    Float64ScalarGemm(Team team) {
        super(team);
    }

    /// Lets four chains run side by side where the output has as few columns as one.
    @Override
    void prepare() {
        if (columns < 4 && rows > columns) {
            transpose();
        }
    }

    @Override
    public void part(int index, int parts) {
        int first = (int) ((long) rows * index / parts);
        int last = (int) ((long) rows * (index + 1) / parts);
        for (int i = first; i < last; i++) {
            int j = 0;
            for (; j + 4 <= columns; j += 4) {
                four(i, j);
            }
            for (; j < columns; j++) {
                one(i, j);
            }
        }
    }

    private void four(int i, int j) {
        double[] a = this.a;
        double[] b = this.b;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int atA = i * aRow;
        int atB = j * bColumn;
        for (int k = 0; k < inner; k++) {
            double factor = a[atA];
            sum0 = Math.fma(factor, b[atB], sum0);
            sum1 = Math.fma(factor, b[atB + bColumn], sum1);
            sum2 = Math.fma(factor, b[atB + 2 * bColumn], sum2);
            sum3 = Math.fma(factor, b[atB + 3 * bColumn], sum3);
            atA += aColumn;
            atB += bRow;
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
