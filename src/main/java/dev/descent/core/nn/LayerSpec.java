package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.List;

/// One layer of a network, described.
public sealed interface LayerSpec {

    int MAXIMUM_UNITS = 1_000_000_000;

    /// What the layer applies last, to each entry of its pre-activation z.
    Activation activation();

    /// `a = activation(x W^T + b)`, W (units x inputs), b (units) unless `bias` is false.
    @Formula(value = "z = x W^T + b, a = activation(z)", source = "Rumelhart, Hinton and Williams 1986")
    record Dense(
            int units,
            @Default("identity") Activation activation,
            @Default("true") boolean bias,
            @Default("glorotUniform") Initializer weightInitializer,
            @Default("zeros") Initializer biasInitializer)
            implements LayerSpec {
        public Dense {
            Require.between("units", units, 1, MAXIMUM_UNITS);
        }
    }

    /// Inverted dropout: while training each entry is set to 0 with probability `rate`, and what is kept is
    /// divided by `1 - rate`; afterwards nothing happens. A step draws one `random_sample()` an entry, row by
    /// row, after its batch has been drawn, and keeps the entry where that is at least `rate`.
    @Formula(
            value = "z = x * mask / (1 - rate), mask = random_sample >= rate; z = x when not training",
            source = "Srivastava et al. 2014, in the inverted form")
    record Dropout(@Default("0.5") double rate) implements LayerSpec {
        public Dropout {
            Require.fraction("rate", rate);
        }

        @Override
        public Activation activation() {
            return new Activation.Identity();
        }
    }

    /// Each unit normalised over the batch, `z = gamma (x - mean) / sqrt(variance + epsilon) + beta`, then the
    /// activation. Gamma starts at 1 and travels as the layer's weights (1 x units), beta at 0 as its biases.
    ///
    /// A training step normalises with the mean and the (biased) variance of its batch, and moves the running
    /// statistics by `momentum` towards that mean and the unbiased variance; everything else uses the running
    /// statistics, which start at 0 and 1.
    @Formula(
            value = "z = gamma (x - mean) / sqrt(variance + epsilon) + beta, a = activation(z)",
            source = "Ioffe and Szegedy 2015")
    record BatchNormalization(
            @Default("0.1") double momentum,
            @Default("1e-5") double epsilon,
            @Default("identity") Activation activation)
            implements LayerSpec {
        public BatchNormalization {
            Require.finite("momentum", momentum);
            if (momentum <= 0 || momentum > 1) {
                throw new InvalidSpec(
                        "/momentum", "out-of-range", "momentum must be greater than 0 and at most 1", momentum);
            }
            Require.positive("epsilon", epsilon);
        }
    }

    /// Layers with a path around them, `a = activation(x + layers(x))`; they must give as many values as they
    /// take.
    @Formula(value = "z = x + layers(x), a = activation(z)", source = "He et al. 2016")
    record Residual(
            List<LayerSpec> layers, @Default("identity") Activation activation) implements LayerSpec {
        public Residual {
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new InvalidSpec("/layers", "empty", "a residual block needs at least one layer");
            }
        }
    }
}
