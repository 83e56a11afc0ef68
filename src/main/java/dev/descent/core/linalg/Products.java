package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// The matrix products of a layer, in one precision.
///
/// Each output element starts at zero and takes its terms in ascending order of the inner index, each with one fused
/// multiply-add. That chain is the definition: neither blocks nor threads nor the width of a vector may change it.
/// The output must be another matrix than the operands. Operands that are [Rows] may be a [Selection]: where a product
/// packs its operands anyway, it reads the selected rows where they stand.
public interface Products {

    /// Products over this team, by vectors where the JVM has the Vector API.
    static Products of(Precision precision, Team team) {
        return of(precision, team, Vectors.AVAILABLE);
    }

    /// The same with or without vectors; the bits are equal.
    static Products of(Precision precision, Team team, boolean vectors) {
        return switch (precision) {
            case FLOAT64 -> new Float64Products(team, vectors);
            case FLOAT32 -> new Float32Products(team, vectors);
        };
    }

    /// `z = x w^T`: x (n x in), w (out x in), z (n x out).
    void multiplyTransposed(Rows x, Matrix w, Matrix z);

    /// `z = x w^T`, then `b` (1 x out) added to every row; `after` is called on what is done. Shapes as above.
    void affine(Rows x, Matrix w, @Nullable Matrix b, Matrix z, @Nullable Epilogue after);

    /// How many threads may call an [Epilogue], each with a number of its own under this.
    int parts();

    /// `y = d w`: d (n x out), w (out x in), y (n x in).
    void multiply(Matrix d, Matrix w, Matrix y);

    /// `g = d^T x`: d (n x out), x (n x in), g (out x in).
    void transposedMultiply(Matrix d, Rows x, Matrix g);

    /// `s = sum of d's rows`, in row order, s (1 x out).
    void sumRows(Matrix d, Matrix s);
}
