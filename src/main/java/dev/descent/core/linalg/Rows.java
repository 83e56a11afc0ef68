package dev.descent.core.linalg;

/// Rows of numbers that a product reads where they stand: a [Matrix], or a [Selection] of a matrix's rows.
public sealed interface Rows permits Matrix, Selection {

    int rows();

    int columns();

    /// The rows together: a matrix itself, of a selection a copy, which is made once and which the next selection
    /// overwrites.
    Matrix gathered();
}
