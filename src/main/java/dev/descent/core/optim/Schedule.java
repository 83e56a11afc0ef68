package dev.descent.core.optim;

/// How the learning rate changes from step to step.
public sealed interface Schedule {

    /// The optimizer's learning rate at every step.
    record Constant() implements Schedule {}
}
