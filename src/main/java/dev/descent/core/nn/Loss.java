package dev.descent.core.nn;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objective that training minimises, computed from the network's raw output; `scale` multiplies value and
/// gradient.
///
/// In the formulas `z` is an output, `y` its target. A sum runs over all rows; a mean is over rows and targets, except
/// where the loss says otherwise.
public sealed interface Loss {

    Reduction reduction();

    double scale();

    /// Whether a last layer with this activation hands the loss what it works on: any numbers for a difference, raw
    /// output for whatever makes probabilities or variances of it.
    default boolean accepts(Activation output) {
        return LossFit.accepts(this, output);
    }

    /// How many target columns go with so many outputs; refuses a number of outputs that the loss cannot have, with a
    /// pointer relative to the loss.
    default int targets(int outputs) {
        return LossFit.targets(this, outputs);
    }

    /// Refuses a network whose last layer this loss does not work on, with a pointer that begins with `/loss`.
    default void requireFits(NetworkSpec network) {
        LossFit.require(this, network.outputActivation(), network.outputs());
    }

    /// The lecture's half is scale 0.5.
    @Formula(value = "(z - y)^2", source = "Legendre 1805; PyTorch MSELoss")
    record SquaredError(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public SquaredError {
            Require.positive("scale", scale);
        }
    }

    /// The slope where z is y is 0.
    @Formula(value = "|z - y|", source = "PyTorch L1Loss")
    record AbsoluteError(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public AbsoluteError {
            Require.positive("scale", scale);
        }
    }

    /// A square near the target and a line beyond `delta`, so that outliers pull no harder than `delta`.
    @Formula(
            value = "(z - y)^2 / 2 where |z - y| <= delta, else delta (|z - y| - delta / 2)",
            source = "Huber 1964; PyTorch HuberLoss")
    record Huber(
            @Default("1.0") double delta,
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public Huber {
            Require.positive("delta", delta);
            Require.positive("scale", scale);
        }
    }

    /// Works on logits z, with targets y from 0 to 1. `positiveWeight` above 1 makes a missed positive dearer.
    @Formula(
            value = "(1 - y) z + (1 + (positiveWeight - 1) y) log(1 + exp(-z))",
            source = "PyTorch BCEWithLogitsLoss (pos_weight)")
    record BinaryCrossEntropy(
            @Default("1.0") double positiveWeight,
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public BinaryCrossEntropy {
            Require.positive("positiveWeight", positiveWeight);
            Require.positive("scale", scale);
        }

        public BinaryCrossEntropy(Reduction reduction, double scale) {
            this(1, reduction, scale);
        }
    }

    /// Works on a row of K logits z, with targets y that add up to 1: a 1 for the class. The mean is over rows, each
    /// weighing `sum_k classWeights_k y_k`: the weight of its class. Without `classWeights` they are 1.
    @Formula(
            value = "sum_k classWeights_k ((1 - labelSmoothing) y_k + labelSmoothing / K) (log(sum_j exp(z_j)) - z_k)",
            source = "PyTorch CrossEntropyLoss (label_smoothing, weight); Szegedy et al. 2016 for label smoothing")
    record SoftmaxCrossEntropy(
            @Default("0.0") double labelSmoothing,
            @Nullable List<Double> classWeights,
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale)
            implements Loss {
        public SoftmaxCrossEntropy {
            Require.fraction("labelSmoothing", labelSmoothing);
            Require.positive("scale", scale);
            classWeights = classWeights == null ? null : LossFit.weights("/classWeights", classWeights);
        }

        public SoftmaxCrossEntropy(Reduction reduction, double scale) {
            this(0, null, reduction, scale);
        }
    }

    /// The first half of the outputs are means m, the second half logarithms s of variances: the network says how sure
    /// it is. One target for each mean.
    @Formula(
            value = "(s + (y - m)^2 exp(-s)) / 2 + log(2 pi) / 2",
            source = "Nix and Weigend 1994; PyTorch GaussianNLLLoss (full)")
    record GaussianNegativeLogLikelihood(
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {
        public GaussianNegativeLogLikelihood {
            Require.positive("scale", scale);
        }
    }

    /// A mixture of normal distributions for one target: of 3 x `components` outputs the first third are mixture logits
    /// c, then come means m, then logarithms s of standard deviations. The mean is over rows.
    @Formula(
            value = "-log(sum_k softmax(c)_k exp(-((y - m_k) / exp(s_k))^2 / 2 - s_k - log(2 pi) / 2))",
            source = "Bishop 1994, Mixture Density Networks")
    record MixtureDensity(
            int components,
            @Default("mean") Reduction reduction,
            @Default("1.0") double scale) implements Loss {

        public static final int MAXIMUM_COMPONENTS = 10_000;

        public MixtureDensity {
            Require.between("components", components, 1, MAXIMUM_COMPONENTS);
            Require.positive("scale", scale);
        }
    }

    /// Several heads: each term works on the next outputs of the network and on the next target columns, as many as its
    /// loss needs. Its value is the sum of the terms' own, each reduced and scaled as it says.
    @Formula(value = "sum_t weight_t loss_t", source = "Caruana 1997, Multitask Learning")
    record WeightedSum(List<LossTerm> terms) implements Loss {

        public static final int MAXIMUM_TERMS = 100;

        public WeightedSum {
            terms = List.copyOf(terms);
            if (terms.isEmpty() || terms.size() > MAXIMUM_TERMS) {
                throw new InvalidSpec(
                        "/terms",
                        "out-of-range",
                        "a weighted sum has between 1 and " + MAXIMUM_TERMS + " terms",
                        terms.size());
            }
        }

        /// The terms' means stand as they are.
        @Override
        public Reduction reduction() {
            return Reduction.SUM;
        }

        /// The terms' weights say it all.
        @Override
        public double scale() {
            return 1;
        }
    }
}
