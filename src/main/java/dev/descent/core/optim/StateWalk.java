package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;

/// A walk through everything that the next step of a run depends on: either to keep it, or to bring back what was kept.
///
/// Each part of a run takes the walk past its state, in an order that does not change. What is handed over by reference
/// is read where the walk keeps, and overwritten where it brings back; a number is answered with itself, or with the
/// one that was kept. One walk does both, so that nothing can be kept and then forgotten on the way back.
///
/// A name is a constant, `part.what`; the index tells apart what has one name. Nothing is allocated where the state had
/// the same shape the last time.
public interface StateWalk {

    /// `values` is laid out by rows.
    void matrix(String name, int index, Matrix values);

    void numbers(String name, int index, double[] values);

    void numbers(String name, int index, float[] values);

    /// What is brought back lies between `least` and `most`, both included.
    void integers(String name, int[] values, int least, int most);

    /// What is brought back lies between `least` and `most`, both included.
    long integer(String name, long value, long least, long most);

    double number(String name, double value);

    default boolean flag(String name, boolean value) {
        return integer(name, value ? 1 : 0, 0, 1) == 1;
    }
}
