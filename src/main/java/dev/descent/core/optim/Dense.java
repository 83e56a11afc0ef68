package dev.descent.core.optim;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// Products of small matrices in binary64, kept by rows in arrays; each sum runs in ascending order of the inner
/// index.
final class Dense {

    private Dense() {}

    /// Becomes the entries of `source`, at column 0 of rows `width` apart.
    static void read(Matrix source, double[] target, int width) {
        for (int i = 0; i < source.rows(); i++) {
            for (int j = 0; j < source.columns(); j++) {
                target[i * width + j] = source.get(i, j);
            }
        }
    }

    /// A copy of a square matrix.
    static Matrix copy(double[] entries, int size) {
        Matrix copy = Matrix.create(Precision.FLOAT64, size, size, Layout.BY_ROWS);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                copy.set(i, j, entries[i * size + j]);
            }
        }
        return copy;
    }

    /// `c = a b`: a (rows x inner), b (inner x columns).
    static void multiply(double[] a, double[] b, double[] c, int rows, int inner, int columns) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            for (int j = 0; j < columns; j++) {
                c[row + j] = 0;
            }
            for (int k = 0; k < inner; k++) {
                double factor = a[i * inner + k];
                for (int j = 0; j < columns; j++) {
                    c[row + j] += factor * b[k * columns + j];
                }
            }
        }
    }

    /// `c = keep c + share x^T x`: x (rows x columns), c (columns x columns).
    static void addSquare(double[] x, double[] c, int rows, int columns, double keep, double share) {
        for (int i = 0; i < columns; i++) {
            int row = i * columns;
            for (int j = 0; j < columns; j++) {
                c[row + j] *= keep;
            }
            for (int k = 0; k < rows; k++) {
                double factor = share * x[k * columns + i];
                for (int j = 0; j < columns; j++) {
                    c[row + j] += factor * x[k * columns + j];
                }
            }
        }
    }

    /// `c = c + x x^T`: x (rows x columns), c (rows x rows).
    static void addOuterSquare(double[] x, double[] c, int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double sum = c[i * rows + j];
                for (int k = 0; k < columns; k++) {
                    sum += x[i * columns + k] * x[j * columns + k];
                }
                c[i * rows + j] = sum;
            }
        }
    }
}
