package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// Activation functions on plain rows of numbers (n x units), for what is not in a hurry.
public final class Slopes {

    private Slopes() {}

    /// `g(z)`.
    public static double[][] activate(Activation g, double[][] z) {
        Matrix a = Matrix.of(Precision.FLOAT64, z);
        Activations.of(Precision.FLOAT64).forward(g, Matrix.of(Precision.FLOAT64, z), a);
        return a.toRows();
    }

    /// dJ/dz for dJ/da, where `a = g(z)`: the slopes read z or a, whichever their formula is written
    /// in.
    public static double[][] backward(Activation g, double[][] z, double[][] a, double[][] gradient) {
        Matrix delta = Matrix.of(Precision.FLOAT64, gradient);
        Activations.of(Precision.FLOAT64)
                .backward(g, Matrix.of(Precision.FLOAT64, z), Matrix.of(Precision.FLOAT64, a), delta);
        return delta.toRows();
    }
}
