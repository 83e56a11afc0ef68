package dev.descent.core.optim;

/// An optimizer's work on the parameters of one run.
interface UpdateRun {

    /// Moves every parameter; `objective` and the gradients are those at the parameters' present values.
    void step(double learningRate, double objective, Closure closure);

    /// Takes `walk` past what the next step depends on besides parameters and gradients.
    void walk(StateWalk walk);
}
