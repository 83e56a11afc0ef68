package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// The update rules on one parameter's entries, each in a single pass, in one precision.
///
/// `w` and the slots change, the gradient `g` is read only; all have one shape.
interface Updates {

    static Updates of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Updates();
            case FLOAT32 -> new Float32Updates();
        };
    }

    void sgd(Optimizer.Sgd rule, double learningRate, Matrix w, Matrix g);

    /// v is the velocity.
    void momentum(Optimizer.Momentum rule, double learningRate, Matrix w, Matrix g, Matrix v);

    /// m and v are the running means of the gradient and of its square; `step` counts from 1.
    void adam(Optimizer.Adam rule, double learningRate, long step, Matrix w, Matrix g, Matrix m, Matrix v);
}
