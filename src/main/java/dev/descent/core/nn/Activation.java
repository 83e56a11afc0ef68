package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.List;

/// An element-wise function `g` applied to a layer's pre-activation, `a = g(z)`.
///
/// A variant's wire name is its simple name with a small first letter. The mathematics is in `Float64ActivationValues`
/// and `Float64ActivationSlopes`; the slope is written in terms of `z` and `a`, and at a kink it is PyTorch's.
public sealed interface Activation {

    /// Leaves z as it is: for outputs that may be any number, and for logits. The slope is 1.
    @Formula(value = "z", source = "torch.nn.Identity")
    record Identity() implements Activation {}

    /// Cuts off what is negative. The slope is 1 for z above 0 and otherwise 0, at 0 too.
    @Formula(
            value = "max(z, 0)",
            source = "Nair and Hinton 2010, Rectified linear units improve restricted Boltzmann machines")
    record Relu() implements Activation {}

    /// Lets a little of what is negative through, so that no unit dies. The slope is 1 for z above 0 and otherwise
    /// `slope`, at 0 too.
    @Formula(
            value = "max(z, 0) + slope min(z, 0)",
            source = "Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network acoustic models")
    record LeakyRelu(@Default("0.01") double slope) implements Activation {
        public LeakyRelu {
            Require.positive("slope", slope);
        }
    }

    /// A relu that saturates at 6. The slope is 1 strictly between 0 and 6 and otherwise 0.
    @Formula(value = "min(max(z, 0), 6)", source = "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10")
    record Relu6() implements Activation {}

    /// Saturates at `-alpha` with an exponential. The slope is 1 for z above 0 and otherwise `alpha exp(z) = a +
    /// alpha`.
    @Formula(
            value = "z where z > 0, alpha (exp(z) - 1) elsewhere",
            source = "Clevert, Unterthiner and Hochreiter 2016, Fast and accurate deep network learning by exponential"
                    + " linear units")
    record Elu(@Default("1.0") double alpha) implements Activation {
        public Elu {
            Require.positive("alpha", alpha);
        }
    }

    /// A scaled elu whose constants keep mean 0 and variance 1 from layer to layer, with weights of variance 1 / fan-in
    /// (`lecunNormal`).
    @Formula(
            value = "lambda z where z > 0, lambda alpha (exp(z) - 1) elsewhere; lambda = 1.0507009873554805,"
                    + " alpha = 1.6732632423543772",
            source = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-normalizing neural networks")
    record Selu() implements Activation {}

    /// The logistic function, between 0 and 1. The slope is `a (1 - a)`.
    @Formula(
            value = "1 / (1 + exp(-z))",
            source = "Rumelhart, Hinton and Williams 1986, Learning representations by back-propagating errors")
    record Sigmoid() implements Activation {}

    /// A sigmoid of three straight pieces. The slope is 1/6 strictly between -3 and 3 and otherwise 0.
    @Formula(
            value = "min(max(z / 6 + 1/2, 0), 1)",
            source = "Courbariaux, Bengio and David 2015, BinaryConnect; with the slope of torch.nn.Hardsigmoid")
    record HardSigmoid() implements Activation {}

    /// The hyperbolic tangent, between -1 and 1. The slope is `1 - a^2`.
    @Formula(value = "tanh(z)", source = "LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp")
    record Tanh() implements Activation {}

    /// A smooth relu. The slope is the sigmoid of z.
    @Formula(
            value = "log(1 + exp(z))",
            source = "Dugas, Bengio, Belisle, Nadeau and Garcia 2001, Incorporating second-order functional knowledge")
    record Softplus() implements Activation {}

    /// Saturates at -1 and 1, slower than tanh. The slope is `1 / (1 + |z|)^2`.
    @Formula(
            value = "z / (1 + |z|)",
            source = "Turian, Bergstra and Bengio 2009, Quadratic features and deep architectures for chunking")
    record Softsign() implements Activation {}

    /// z times the probability that a standard normal number is below it. The slope is `Phi(z) + z phi(z)`.
    @Formula(
            value = "z Phi(z), Phi(z) = (1 + erf(z / sqrt(2))) / 2",
            source = "Hendrycks and Gimpel 2016, Gaussian error linear units")
    record Gelu() implements Activation {}

    /// The approximation of gelu by tanh, written as `z sigmoid(2 u(z))`, which keeps its digits where tanh is near -1.
    @Formula(
            value = "z (1 + tanh(u)) / 2, u = sqrt(2 / pi) (z + 0.044715 z^3)",
            source = "Hendrycks and Gimpel 2016, Gaussian error linear units")
    record GeluTanh() implements Activation {}

    /// z times its sigmoid, also known as SiLU. The slope is `s + a (1 - s)`, s the sigmoid of z.
    @Formula(value = "z / (1 + exp(-z))", source = "Ramachandran, Zoph and Le 2017, Searching for activation functions")
    record Swish() implements Activation {}

    /// z times the tanh of its softplus. With `t = tanh(softplus(z))` the slope is `t + z (1 - t^2) sigmoid(z)`.
    @Formula(
            value = "z tanh(log(1 + exp(z)))",
            source = "Misra 2019, Mish: a self regularized non-monotonic activation function")
    record Mish() implements Activation {}

    /// A wave, for signals that have one. The slope is `cos(z)`.
    @Formula(
            value = "sin(z)",
            source =
                    "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, Implicit neural representations with periodic"
                            + " activation functions")
    record Sine() implements Activation {}

    /// A polynomial. `[0, -1.5, 0, 2.5]` is the third Legendre polynomial, `(5 z^3 - 3 z) / 2`.
    ///
    /// @param coefficients of `1, z, z^2, ...`: at least two and at most 33, of which the last is not 0
    @Formula(
            value = "c_0 + c_1 z + c_2 z^2 + ..., c = coefficients",
            source = "PyTorch, Learning PyTorch with Examples (P3, the third Legendre polynomial)")
    record Polynomial(List<Double> coefficients) implements Activation {

        public static final int MAXIMUM_DEGREE = 32;

        public Polynomial {
            coefficients = List.copyOf(coefficients);
            int size = coefficients.size();
            if (size < 2 || size > MAXIMUM_DEGREE + 1) {
                throw new InvalidSpec(
                        "/coefficients",
                        "out-of-range",
                        "coefficients must be between 2 and " + (MAXIMUM_DEGREE + 1) + " numbers",
                        size);
            }
            for (int i = 0; i < size; i++) {
                Require.finite("coefficients/" + i, coefficients.get(i));
            }
            if (coefficients.getLast() == 0) {
                throw new InvalidSpec(
                        "/coefficients/" + (size - 1),
                        "leading-zero",
                        "the last coefficient belongs to the highest power and must not be 0; leave it out",
                        coefficients.getLast());
            }
        }
    }

    /// Probabilities of classes: the one activation that couples the units of a row, so only for the last layer.
    @Formula(
            value = "exp(z_i) / sum_j exp(z_j)",
            source = "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs")
    record Softmax() implements Activation {}
}
