package dev.descent.core.optim;

/// What an optimizer calls to look at other parameters than those it was given gradients for.
public interface Closure {

    /// The objective of the same batch at the parameters' present values; leaves its gradients.
    double evaluate();
}
