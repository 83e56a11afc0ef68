package dev.descent.core.linalg;

import java.util.Arrays;

/// Scalar products in binary64, written so that the inner loop runs along a row of the output and vectorises.
///
/// The build makes `Float32Products` of this file by writing `float` for every `double`.
final class Float64Products implements Products {

    /// Columns of the output that one pass covers, so that its row stays in the first-level cache.
    private static final int COLUMNS = 1024;

    /// Inner indices that one pass covers, so that the right operand's rows stay in the second-level cache.
    private static final int INNER = 64;

    /// Multiply-adds below which waking other threads costs more than it saves.
    private static final long WORTH_SHARING = 1L << 16;

    private final Team team;
    private final Shared shared = new Shared();
    private double[] transposed = new double[0];

    Float64Products(Team team) {
        this.team = team;
    }

    @Override
    public void multiplyTransposed(Matrix x, Matrix w, Matrix z) {
        int n = x.rows();
        int in = x.columns();
        int out = w.rows();
        require(w.columns() == in && z.rows() == n && z.columns() == out, x, w, z);
        double[] weights = data(w);
        if (n == 1) {
            dots(data(x), weights, data(z), in, out);
            return;
        }
        if (transposed.length < in * out) {
            transposed = new double[in * out];
        }
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                transposed[i * out + o] = weights[o * in + i];
            }
        }
        shared.run(data(x), in, 1, transposed, data(z), n, in, out);
    }

    @Override
    public void multiply(Matrix d, Matrix w, Matrix y) {
        require(w.rows() == d.columns() && y.rows() == d.rows() && y.columns() == w.columns(), d, w, y);
        shared.run(data(d), d.columns(), 1, data(w), data(y), d.rows(), d.columns(), w.columns());
    }

    @Override
    public void transposedMultiply(Matrix d, Matrix x, Matrix g) {
        require(x.rows() == d.rows() && g.rows() == d.columns() && g.columns() == x.columns(), d, x, g);
        shared.run(data(d), 1, d.columns(), data(x), data(g), d.columns(), d.rows(), x.columns());
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

    /// One row: each output element is a dot product with a row of w; four chains at a time keep the unit busy.
    private static void dots(double[] x, double[] w, double[] z, int in, int out) {
        int o = 0;
        for (; o + 4 <= out; o += 4) {
            int w0 = o * in;
            int w1 = w0 + in;
            int w2 = w1 + in;
            int w3 = w2 + in;
            double z0 = 0;
            double z1 = 0;
            double z2 = 0;
            double z3 = 0;
            for (int i = 0; i < in; i++) {
                z0 = Math.fma(x[i], w[w0 + i], z0);
                z1 = Math.fma(x[i], w[w1 + i], z1);
                z2 = Math.fma(x[i], w[w2 + i], z2);
                z3 = Math.fma(x[i], w[w3 + i], z3);
            }
            z[o] = z0;
            z[o + 1] = z1;
            z[o + 2] = z2;
            z[o + 3] = z3;
        }
        for (; o < out; o++) {
            double sum = 0;
            for (int i = 0; i < in; i++) {
                sum = Math.fma(x[i], w[o * in + i], sum);
            }
            z[o] = sum;
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

    /// One product `c = a b` at a time, its rows of c split over the team: `a(i, k) = a[i * aRow + k * aColumn]`, b and
    /// c
    /// row-major. The operands are fields so that a step allocates nothing.
    private final class Shared implements Team.Part {

        private double[] a = transposed;
        private double[] b = transposed;
        private double[] c = transposed;
        private int aRow;
        private int aColumn;
        private int rows;
        private int inner;
        private int columns;

        void run(double[] a, int aRow, int aColumn, double[] b, double[] c, int rows, int inner, int columns) {
            this.a = a;
            this.aRow = aRow;
            this.aColumn = aColumn;
            this.b = b;
            this.c = c;
            this.rows = rows;
            this.inner = inner;
            this.columns = columns;
            if (team.size() == 1 || (long) rows * inner * columns < WORTH_SHARING) {
                part(0, 1);
            } else {
                team.run(this);
            }
        }

        @Override
        public void part(int index, int parts) {
            int first = (int) ((long) rows * index / parts);
            int last = (int) ((long) rows * (index + 1) / parts);
            Arrays.fill(c, first * columns, last * columns, 0);
            for (int j = 0; j < columns; j += COLUMNS) {
                int width = Math.min(COLUMNS, columns - j);
                for (int k = 0; k < inner; k += INNER) {
                    int end = Math.min(k + INNER, inner);
                    for (int i = first; i < last; i++) {
                        accumulate(i, k, end, j, width);
                    }
                }
            }
        }

        /// `c[i, j..j+width) += sum over k in [from, to) of a(i, k) b[k, j..j+width)`, k ascending.
        private void accumulate(int i, int from, int to, int j, int width) {
            double[] a = this.a;
            double[] b = this.b;
            double[] c = this.c;
            int at = i * columns + j;
            int k = from;
            for (; k + 4 <= to; k += 4) {
                int ak = i * aRow + k * aColumn;
                double a0 = a[ak];
                double a1 = a[ak + aColumn];
                double a2 = a[ak + 2 * aColumn];
                double a3 = a[ak + 3 * aColumn];
                int b0 = k * columns + j;
                int b1 = b0 + columns;
                int b2 = b1 + columns;
                int b3 = b2 + columns;
                for (int t = 0; t < width; t++) {
                    double sum = Math.fma(a0, b[b0 + t], c[at + t]);
                    sum = Math.fma(a1, b[b1 + t], sum);
                    sum = Math.fma(a2, b[b2 + t], sum);
                    c[at + t] = Math.fma(a3, b[b3 + t], sum);
                }
            }
            for (; k < to; k++) {
                double factor = a[i * aRow + k * aColumn];
                int row = k * columns + j;
                for (int t = 0; t < width; t++) {
                    c[at + t] = Math.fma(factor, b[row + t], c[at + t]);
                }
            }
        }
    }
}
