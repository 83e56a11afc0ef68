package dev.descent.core.nn;

import java.util.List;

/// One of each activation, with PyTorch's defaults and a polynomial that does not grow much, softmax last.
final class EveryActivation {

    static final List<Activation> LIST = List.of(
            new Activation.Identity(),
            new Activation.Relu(),
            new Activation.LeakyRelu(0.01),
            new Activation.Relu6(),
            new Activation.Elu(1),
            new Activation.Selu(),
            new Activation.Sigmoid(),
            new Activation.HardSigmoid(),
            new Activation.Tanh(),
            new Activation.Softplus(),
            new Activation.Softsign(),
            new Activation.Gelu(),
            new Activation.GeluTanh(),
            new Activation.Swish(),
            new Activation.Mish(),
            new Activation.Sine(),
            new Activation.Polynomial(List.of(0.1, 0.5, -0.05, 0.01)),
            new Activation.Softmax());

    static final List<Activation> ELEMENTWISE = LIST.subList(0, LIST.size() - 1);

    private EveryActivation() {}
}
