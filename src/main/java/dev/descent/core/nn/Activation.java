package dev.descent.core.nn;

/// An element-wise function `g` applied to a layer's pre-activation, `a = g(z)`.
///
/// A variant's wire name is its simple name with a small first letter. The mathematics is in the kernels
/// (`dev.descent.core.linalg`); the slope is written in terms of `z` and `a`.
public sealed interface Activation {

    /// `g(z) = z`.
    record Identity() implements Activation {}

    /// `g(z) = max(z, 0)`; the slope at 0 is 0, as in PyTorch.
    record Relu() implements Activation {}

    /// `g(z) = 1 / (1 + exp(-z))`, with slope `a (1 - a)`.
    record Sigmoid() implements Activation {}

    /// `g(z) = tanh(z)`, with slope `1 - a^2`.
    record Tanh() implements Activation {}

    /// `g(z)_i = exp(z_i) / sum_j exp(z_j)` over a row: the one activation that couples units, so only for the last
    /// layer.
    record Softmax() implements Activation {}
}
