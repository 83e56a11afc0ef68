package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import org.jspecify.annotations.Nullable;

/// Some neighbouring columns of matrices of changing height, copied into a matrix of their own; or all of them, which
/// then are worked on where they are.
final class Columns {

    private final Precision precision;
    private final int first;
    private final int count;
    private final boolean all;
    private @Nullable Matrix own;
    private int capacity;

    private Columns(Precision precision, int first, int count, boolean all) {
        this.precision = precision;
        this.first = first;
        this.count = count;
        this.all = all;
    }

    static Columns all(Precision precision) {
        return new Columns(precision, 0, 0, true);
    }

    static Columns of(Precision precision, int first, int count) {
        return new Columns(precision, first, count, false);
    }

    /// These columns of `whole`; the next call overwrites them.
    Matrix read(Matrix whole) {
        Matrix columns = room(whole);
        if (!all) {
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < whole.rows(); i++) {
                    columns.set(i, j, whole.get(i, first + j));
                }
            }
        }
        return columns;
    }

    /// A matrix for these columns of `whole`, whatever is in it; to be filled and given to [#write].
    Matrix room(Matrix whole) {
        if (all) {
            return whole;
        }
        Matrix columns = own;
        if (columns == null || whole.rows() > capacity) {
            columns = Matrix.create(precision, whole.rows(), count);
            own = columns;
            capacity = whole.rows();
        }
        columns.resize(whole.rows());
        return columns;
    }

    /// Puts what [#room] gave for `whole` into it.
    void write(Matrix columns, Matrix whole) {
        if (!all) {
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < whole.rows(); i++) {
                    whole.set(i, first + j, columns.get(i, j));
                }
            }
        }
    }
}
