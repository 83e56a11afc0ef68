package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.Require;

/// The rule that turns gradients into an update of the parameters; parameters and defaults as in `torch.optim`.
///
/// A spec is not its run: moments and step counts belong to the [OptimizerRun].
public sealed interface Optimizer {

    double learningRate();

    /// How many matrices of a parameter's shape the run keeps for each parameter.
    default int slots() {
        return switch (this) {
            case Sgd sgd -> 0;
            case Momentum momentum -> 1;
            case Adam adam -> 2;
        };
    }

    /// `w <- w - learningRate (g + weightDecay w)`.
    record Sgd(double learningRate, @Default("0.0") double weightDecay) implements Optimizer {
        public Sgd {
            Require.positive("learningRate", learningRate);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// `v <- momentum v + g`, `w <- w - learningRate v` (Polyak 1964, in PyTorch's form: the first v is g).
    record Momentum(
            double learningRate,
            @Default("0.9") double momentum,
            @Default("0.0") double weightDecay) implements Optimizer {
        public Momentum {
            Require.positive("learningRate", learningRate);
            Require.fraction("momentum", momentum);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Adaptive moments with bias correction (Kingma and Ba 2015, algorithm 1).
    record Adam(
            double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Adam {
            Require.positive("learningRate", learningRate);
            Require.fraction("beta1", beta1);
            Require.fraction("beta2", beta2);
            Require.positive("epsilon", epsilon);
            Require.notNegative("weightDecay", weightDecay);
        }
    }
}
