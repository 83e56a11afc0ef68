package dev.descent.core.optim;

import java.util.Arrays;

/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, section
/// 8.5), which need nothing but arithmetic and square roots.
final class SymmetricEigen {

    private static final int MOST_SWEEPS = 60;
    private static final double NEGLIGIBLE = 1e-32; // of the sum of squares

    private final int size;
    private final double[] work;
    private final double[] vectors; // by rows, the k-th of them for the k-th value

    SymmetricEigen(int size) {
        this.size = size;
        work = new double[size * size];
        vectors = new double[size * size];
    }

    /// Writes `matrix^(-1/2)` to `root`, or `matrix^(-1/4)` where `fourth`; eigenvalues below `least` count as
    /// `least`.
    void inverseRoot(double[] matrix, boolean fourth, double least, double[] root) {
        decompose(matrix);
        Arrays.fill(root, 0);
        for (int k = 0; k < size; k++) {
            double value = Math.sqrt(Math.max(work[k * size + k], least));
            double factor = 1 / (fourth ? Math.sqrt(value) : value);
            for (int i = 0; i < size; i++) {
                double scaled = factor * vectors[k * size + i];
                for (int j = 0; j < size; j++) {
                    root[i * size + j] += scaled * vectors[k * size + j];
                }
            }
        }
    }

    private void decompose(double[] matrix) {
        System.arraycopy(matrix, 0, work, 0, work.length);
        Arrays.fill(vectors, 0);
        for (int i = 0; i < size; i++) {
            vectors[i * size + i] = 1;
        }
        double enough = NEGLIGIBLE * squares(true);
        for (int sweep = 0; sweep < MOST_SWEEPS && squares(false) > enough; sweep++) {
            for (int p = 0; p < size - 1; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(p, q);
                }
            }
        }
    }

    /// The sum of squares, of the diagonal too or without it.
    private double squares(boolean diagonal) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (diagonal || i != j) {
                    sum += work[i * size + j] * work[i * size + j];
                }
            }
        }
        return sum;
    }

    /// Makes entry (p, q) zero.
    private void rotate(int p, int q) {
        double entry = work[p * size + q];
        if (entry == 0) {
            return;
        }
        double theta = (work[q * size + q] - work[p * size + p]) / (2 * entry);
        double tangent = Math.copySign(1 / (Math.abs(theta) + Math.sqrt(theta * theta + 1)), theta);
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        double ofP = work[p * size + p] - tangent * entry;
        double ofQ = work[q * size + q] + tangent * entry;
        mix(work, p, q, cosine, sine);
        for (int k = 0; k < size; k++) {
            work[k * size + p] = work[p * size + k]; // symmetric again
            work[k * size + q] = work[q * size + k];
        }
        work[p * size + p] = ofP;
        work[q * size + q] = ofQ;
        work[p * size + q] = 0;
        work[q * size + p] = 0;
        mix(vectors, p, q, cosine, sine);
    }

    private void mix(double[] rows, int p, int q, double cosine, double sine) {
        for (int k = 0; k < size; k++) {
            double a = rows[p * size + k];
            double b = rows[q * size + k];
            rows[p * size + k] = cosine * a - sine * b;
            rows[q * size + k] = sine * a + cosine * b;
        }
    }
}
