package dev.descent.core.optim;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;

/// The update rules on one parameter's entries, each in a single pass, in one precision.
///
/// `w` and what is `kept` change, the gradient `g` is read only; all have one shape, w and g one layout.
interface Updates {

    static Updates of(Precision precision) {
        return switch (precision) {
            case FLOAT64 -> new Float64Updates();
            case FLOAT32 -> new Float32Updates();
        };
    }

    void sgd(Optimizer.Sgd rule, Factors factors, Matrix w, Matrix g);

    /// Keeps the velocity.
    void momentum(Optimizer.Momentum rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the velocity.
    void nesterov(Optimizer.Nesterov rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the running mean of squares; then that of the gradient, if centred; then the velocity, if there is
    /// momentum.
    void rmsProp(Optimizer.RmsProp rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the sum of squares.
    void adagrad(Optimizer.Adagrad rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the running means of the gradient's square and of the update's.
    void adadelta(Optimizer.Adadelta rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the running means of the gradient and of its square.
    void adam(Optimizer.Adam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps what adam keeps, and the largest mean square so far.
    void amsGrad(Optimizer.AmsGrad rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps what adam keeps.
    void adamW(Optimizer.AdamW rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the running mean of the gradient and the fading maximum of its size.
    void adamax(Optimizer.Adamax rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps what adam keeps; the update is `ofG` times the gradient and `ofM` times its mean, over the root mean
    /// square.
    void nadam(Optimizer.Nadam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps what adam keeps.
    void radam(Optimizer.Radam rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);

    /// Keeps the last gradient, zero where it changed its sign, and the step sizes.
    void rprop(Optimizer.Rprop rule, Factors factors, Matrix w, Matrix g, Matrix[] kept);
}
