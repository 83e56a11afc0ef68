package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Require;

/// The objective that training minimises, computed from the network's raw output; `scale` multiplies value and
/// gradient.
public sealed interface Loss {

    Reduction reduction();

    double scale();

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
