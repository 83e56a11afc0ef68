package dev.descent.core.optim;

/// How far [Optimizer.Lbfgs] goes along its direction.
public enum LineSearch {
    /// As far as the learning rate says.
    NONE,
    /// To a point that is lower by enough and flatter by enough (Nocedal and Wright 2006, section 3.5).
    STRONG_WOLFE
}
