package dev.descent.core.mistake;

/// Products and sums as a lecture writes them, in plain loops over rows of numbers.
final class Plain {

    private Plain() {}

    /// `delta^T x`: (n x u), (n x k) -> (u x k).
    static double[][] transposedTimes(double[][] delta, double[][] x) {
        double[][] product = new double[delta[0].length][x[0].length];
        for (int i = 0; i < delta.length; i++) {
            for (int u = 0; u < product.length; u++) {
                double factor = delta[i][u];
                double[] row = product[u];
                for (int k = 0; k < row.length; k++) {
                    row[k] += factor * x[i][k];
                }
            }
        }
        return product;
    }

    /// `delta W`: (n x u), (u x k) -> (n x k).
    static double[][] times(double[][] delta, double[][] w) {
        double[][] product = new double[delta.length][w[0].length];
        for (int i = 0; i < delta.length; i++) {
            double[] row = product[i];
            for (int u = 0; u < w.length; u++) {
                double factor = delta[i][u];
                for (int k = 0; k < row.length; k++) {
                    row[k] += factor * w[u][k];
                }
            }
        }
        return product;
    }

    /// The sum of the rows, as one row.
    static double[][] sumRows(double[][] rows) {
        double[][] sum = new double[1][rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                sum[0][j] += row[j];
            }
        }
        return sum;
    }

    static double[][] transpose(double[][] rows) {
        double[][] transposed = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                transposed[j][i] = rows[i][j];
            }
        }
        return transposed;
    }

    static double[][] scaled(double[][] rows, double factor) {
        return map(rows, rows, (one, same) -> factor * one);
    }

    static double[][] plus(double[][] left, double[][] right) {
        return map(left, right, Double::sum);
    }

    static double[][] product(double[][] left, double[][] right) {
        return map(left, right, (a, b) -> a * b);
    }

    /// `f` of the entries of two arrays of one shape.
    static double[][] map(double[][] left, double[][] right, java.util.function.DoubleBinaryOperator f) {
        double[][] mapped = new double[left.length][];
        for (int i = 0; i < left.length; i++) {
            mapped[i] = new double[left[i].length];
            for (int j = 0; j < mapped[i].length; j++) {
                mapped[i][j] = f.applyAsDouble(left[i][j], right[i][j]);
            }
        }
        return mapped;
    }

    /// The largest magnitude; NaN where one is NaN.
    static double largest(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    static double norm(double[][] rows) {
        double scale = largest(rows);
        if (scale == 0 || !Double.isFinite(scale)) {
            return scale;
        }
        double sum = 0;
        for (double[] row : rows) {
            for (double value : row) {
                sum += value / scale * (value / scale);
            }
        }
        return scale * Math.sqrt(sum);
    }

    static boolean sameShape(double[][] left, double[][] right) {
        return left.length == right.length && left[0].length == right[0].length;
    }
}
