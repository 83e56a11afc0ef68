package dev.descent.core.nn;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// What training changes: a matrix and the gradient of the objective with respect to it, of the same shape.
///
/// Weights are (out x in), biases and scales (1 x out).
public record Parameter(Role role, Matrix value, Matrix gradient) {

    /// What a parameter is in its layer.
    public enum Role {
        /// W of a dense layer.
        WEIGHTS,
        /// b of a dense layer, beta of a batch normalisation.
        BIASES,
        /// Gamma of a batch normalisation.
        SCALES
    }

    static Parameter create(Precision precision, Role role, int rows, int columns) {
        return new Parameter(
                role,
                Matrix.create(precision, rows, columns, Layout.BY_ROWS),
                Matrix.create(precision, rows, columns, Layout.BY_ROWS));
    }

    /// The number of entries.
    public int size() {
        return value.rows() * value.columns();
    }
}
