package dev.descent.core.linalg;

/// A dense row-major matrix in one of two precisions.
public interface Matrix {

    int rows();

    int columns();

    Precision precision();

    double get(int row, int column);

    /// Stores `value`, rounded to this matrix's precision.
    void set(int row, int column, double value);
}
