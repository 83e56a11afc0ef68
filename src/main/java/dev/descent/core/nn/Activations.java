package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// The activation functions and their slopes on whole matrices, in one precision.
interface Activations {

    static Activations of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Activations();
            case FLOAT32 -> new Float32Activations();
        };
    }

    /// `a = g(z)`, both (n x units) and laid out alike; a may be z.
    void forward(Activation g, Matrix z, Matrix a);

    /// The same for a rectangle of z, where g looks at one number at a time.
    void forward(Activation g, Matrix z, Matrix a, int firstRow, int lastRow, int firstColumn, int lastColumn);

    /// Turns `delta` (n x units) from dJ/da into dJ/dz, all laid out alike. z and a are read only; a is what [#forward]
    /// made of z.
    void backward(Activation g, Matrix z, Matrix a, Matrix delta);
}
