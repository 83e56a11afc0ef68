package dev.descent.core.optim;

import dev.descent.core.Formula;
import dev.descent.core.Require;

/// A bound on the gradients of a step, put on them before the optimizer sees them. Its run is [GradientClipper].
public sealed interface GradientClipping {

    double limit();

    /// Every entry by itself.
    @Formula(value = "g <- max(-limit, min(limit, g))", source = "torch.nn.utils.clip_grad_value_")
    record Value(double limit) implements GradientClipping {
        public Value {
            Require.positive("limit", limit);
        }
    }

    /// All gradients together, as one vector, whose direction stays.
    @Formula(
            value = "g <- g * min(1, limit / (norm + 1e-6)), norm^2 = sum of g^2 over all parameters",
            source = "Pascanu et al. 2013; torch.nn.utils.clip_grad_norm_")
    record Norm(double limit) implements GradientClipping {
        public Norm {
            Require.positive("limit", limit);
        }
    }
}
