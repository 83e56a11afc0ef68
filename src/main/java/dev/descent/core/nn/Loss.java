package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.Locale;

/// The objective that training minimises, computed from the network's raw output; `scale` multiplies value and
/// gradient.
public sealed interface Loss {

    Reduction reduction();

    double scale();

    /// Whether a last layer with this activation hands the loss what it works on: raw output for the cross-entropies.
    default boolean accepts(Activation output) {
        return switch (this) {
            case SquaredError squared -> true;
            case BinaryCrossEntropy binary -> output instanceof Activation.Identity;
            case SoftmaxCrossEntropy softmax -> output instanceof Activation.Identity;
        };
    }

    /// Refuses a network whose last layer this loss does not work on.
    default void requireFits(NetworkSpec network) {
        Activation output = network.outputActivation();
        if (!accepts(output)) {
            throw new InvalidSpec(
                    "/loss",
                    "loss-activation-mismatch",
                    "cross-entropy works on the network's raw output (logits): give the last layer the activation identity",
                    output.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        if (this instanceof SoftmaxCrossEntropy && network.outputs() == 1) {
            throw new InvalidSpec(
                    "/loss",
                    "softmax-size",
                    "softmax over a single output is always 1; use binaryCrossEntropy, or an output for each class",
                    network.outputs());
        }
    }

    /// `scale * reduce((output - target)^2)`; the mean is over all elements, as in PyTorch. The lecture's half: scale
    /// 0.5.
    record SquaredError(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public SquaredError {
            Require.positive("scale", scale);
        }
    }

    /// `scale * reduce(log(1 + exp(z)) - y z)` on logits z, targets y in [0, 1]; the mean is over all elements.
    record BinaryCrossEntropy(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public BinaryCrossEntropy {
            Require.positive("scale", scale);
        }
    }

    /// `scale * reduce(logsumexp(z) - z_label)` on a row of logits; the mean is over rows.
    record SoftmaxCrossEntropy(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public SoftmaxCrossEntropy {
            Require.positive("scale", scale);
        }
    }
}
