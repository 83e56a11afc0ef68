package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// What training changes: a matrix and the gradient of the objective with respect to it, of the same shape.
///
/// Weights are (out x in), biases (1 x out).
public record Parameter(Matrix value, Matrix gradient) {

    static Parameter create(Precision precision, int rows, int columns) {
        return new Parameter(
                Matrix.create(precision, rows, columns, Layout.BY_ROWS),
                Matrix.create(precision, rows, columns, Layout.BY_ROWS));
    }

    /// The number of entries.
    public int size() {
        return value.rows() * value.columns();
    }
}
