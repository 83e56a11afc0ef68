package dev.descent.core.linalg;

import java.nio.ByteBuffer;

/// A dense matrix in one of two precisions, kept in an EJML matrix by rows or by columns.
///
/// Its rows may be fewer than its storage has room for, so that one buffer serves batches of any size up to its
/// capacity. `Float32Matrix` is generated from `Float64Matrix`.
public sealed interface Matrix extends Rows permits Float64Matrix, Float32Matrix {

    /// A matrix of zeros, laid out as suits its width.
    static Matrix create(Precision precision, int rows, int columns) {
        return create(precision, rows, columns, Layout.of(columns));
    }

    /// A matrix of zeros.
    static Matrix create(Precision precision, int rows, int columns, Layout layout) {
        return switch (precision) {
            case FLOAT64 -> new Float64Matrix(rows, columns, layout);
            case FLOAT32 -> new Float32Matrix(rows, columns, layout);
        };
    }

    /// The given rows, each entry rounded to `precision`; all rows must have one length.
    static Matrix of(Precision precision, double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Matrix matrix = create(precision, rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " entries, the first row " + columns);
            }
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    Precision precision();

    @Override
    default Matrix gathered() {
        return this;
    }

    double get(int row, int column);

    /// Stores `value`, rounded to this matrix's precision.
    void set(int row, int column, double value);

    /// Changes the number of rows, whatever the entries become; refuses more rows than there is storage for.
    void resize(int rows);

    /// Becomes the `count` rows of `source` whose indices stand in `indices` from `offset` on.
    void gather(Matrix source, int[] indices, int offset, int count);

    /// Becomes `source`, which may be laid out otherwise.
    default void copy(Matrix source) {
        copyRows(source, 0, source.rows());
    }

    /// Becomes rows `from` to `from + count` of `source`.
    void copyRows(Matrix source, int from, int count);

    /// The sum of squares in row order, accumulated in binary64.
    double squaredNorm();

    /// The largest absolute value of an entry; NaN where one is NaN, 0 of no entries.
    double largestMagnitude();

    /// Whether every entry is a finite number.
    default boolean isFinite() {
        return largestMagnitude() < Double.POSITIVE_INFINITY;
    }

    /// Appends all entries in row order, in this matrix's precision and the buffer's byte order.
    void write(ByteBuffer target);

    /// The entries as rows of binary64 numbers, copied.
    default double[][] toRows() {
        double[][] rows = new double[rows()][columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = get(i, j);
            }
        }
        return rows;
    }
}
