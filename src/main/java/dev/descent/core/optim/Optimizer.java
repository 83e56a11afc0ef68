package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.PlacedLayer;

/// The rule that turns gradients into an update of the parameters; parameters and defaults as in `torch.optim`.
///
/// In the formulas g is the gradient, to which all but `adamW` first add `weightDecay * w`, and t the step, from
/// 1; what is kept between steps begins with zeros. A spec is not its run: moments and step counts belong to
/// [OptimizerRun].
public sealed interface Optimizer {

    double learningRate();

    /// How many matrices of a parameter's shape, in the run's precision, the run keeps for each parameter; what
    /// else it keeps is in [#bytesKept].
    default int slots() {
        return switch (this) {
            case Sgd rule -> 0;
            case Momentum rule -> 1;
            case Nesterov rule -> 1;
            case RmsProp rule -> 1 + (rule.centered() ? 1 : 0) + (rule.momentum() > 0 ? 1 : 0);
            case Adagrad rule -> 1;
            case Adadelta rule -> 2;
            case Adam rule -> 2;
            case AmsGrad rule -> 3;
            case AdamW rule -> 2;
            case Adamax rule -> 2;
            case Nadam rule -> 2;
            case Radam rule -> 2;
            case Rprop rule -> 2;
            case Lbfgs rule -> LbfgsRun.OWN_VECTORS + 2 * rule.history();
            case Shampoo rule -> 0;
            case Kfac rule -> 0;
        };
    }

    /// Bytes that the run keeps for such a network, `rows` of which make the largest batch.
    default long bytesKept(NetworkSpec network, Precision precision, int rows) {
        long bytes = 0;
        for (PlacedLayer layer : network.placedLayers()) {
            bytes += layer.parameters() * slots() * precision.bytes();
            long numbers = switch (this) {
                case Shampoo rule ->
                    ShampooRun.numbersKept(layer.weightRows(), layer.weightColumns())
                            + ShampooRun.numbersKept(1, layer.biases());
                case Kfac rule -> layer.layer() instanceof LayerSpec.Dense ? KfacRun.numbersKept(layer, rows) : 0;
                default -> 0;
            };
            bytes += numbers * Double.BYTES;
        }
        return bytes;
    }

    /// Bytes of what the run keeps from one step to the next, all of which goes into a checkpoint.
    default long bytesRemembered(NetworkSpec network, Precision precision) {
        long bytes = 0;
        for (PlacedLayer layer : network.placedLayers()) {
            int vectors = this instanceof Lbfgs ? slots() - LbfgsRun.PASSING_VECTORS : slots();
            bytes += layer.parameters() * vectors * precision.bytes();
            long numbers = switch (this) {
                case Shampoo rule ->
                    ShampooRun.numbersRemembered(layer.weightRows(), layer.weightColumns())
                            + ShampooRun.numbersRemembered(1, layer.biases());
                case Kfac rule -> layer.layer() instanceof LayerSpec.Dense ? KfacRun.numbersRemembered(layer) : 0;
                default -> 0;
            };
            bytes += numbers * Double.BYTES;
        }
        return bytes;
    }

    /// Whether a step looks at the objective more than once, so that it has to be the same objective every time:
    /// all rows, nothing random in the network.
    default boolean needsFullBatch() {
        return this instanceof Lbfgs;
    }

    /// Straight down the gradient.
    @Formula(value = "w <- w - learningRate * g", source = "Robbins and Monro 1951; torch.optim.SGD")
    record Sgd(double learningRate, @Default("0.0") double weightDecay) implements Optimizer {
        public Sgd {
            Require.positive("learningRate", learningRate);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// A heavy ball that rolls on in the direction of past gradients.
    @Formula(
            value = "v <- momentum * v + g; w <- w - learningRate * v",
            source = "Polyak 1964, in the form of torch.optim.SGD(momentum)")
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

    /// Momentum that looks ahead: the gradient counts as if the ball had rolled on already.
    @Formula(
            value = "v <- momentum * v + g; w <- w - learningRate * (g + momentum * v)",
            source = "Nesterov 1983, Sutskever et al. 2013, in the form of torch.optim.SGD(nesterov=True)")
    record Nesterov(
            double learningRate,
            @Default("0.9") double momentum,
            @Default("0.0") double weightDecay) implements Optimizer {
        public Nesterov {
            Require.positive("learningRate", learningRate);
            Require.fraction("momentum", momentum);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Each weight's gradient divided by its recent root mean square; centred: by its recent standard deviation.
    @Formula(
            value = "s <- alpha * s + (1 - alpha) * g^2; d = g / (sqrt(s) + epsilon); w <- w - learningRate * d;"
                    + " centered: sqrt(s - m^2) with m <- alpha * m + (1 - alpha) * g;"
                    + " momentum > 0: w <- w - learningRate * v with v <- momentum * v + d",
            source = "Hinton, lecture 6e of 2012; centered: Graves 2013; torch.optim.RMSprop")
    record RmsProp(
            @Default("0.01") double learningRate,
            @Default("0.99") double alpha,
            @Default("1e-8") double epsilon,
            @Default("0.0") double momentum,
            @Default("false") boolean centered,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public RmsProp {
            Require.positive("learningRate", learningRate);
            Require.fraction("alpha", alpha);
            Require.positive("epsilon", epsilon);
            Require.fraction("momentum", momentum);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Each weight's rate falls with all the gradient it has seen.
    @Formula(
            value = "s <- s + g^2; w <- w - learningRate * g / (sqrt(s) + epsilon)",
            source = "Duchi et al. 2011; torch.optim.Adagrad")
    record Adagrad(
            @Default("0.01") double learningRate,
            @Default("1e-10") double epsilon,
            @Default("0.0") double weightDecay) implements Optimizer {
        public Adagrad {
            Require.positive("learningRate", learningRate);
            Require.positive("epsilon", epsilon);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Steps as large as the recent updates were, so that hardly a learning rate is needed.
    @Formula(
            value = "s <- rho * s + (1 - rho) * g^2; d = g * sqrt(u + epsilon) / sqrt(s + epsilon);"
                    + " u <- rho * u + (1 - rho) * d^2; w <- w - learningRate * d",
            source = "Zeiler 2012; torch.optim.Adadelta")
    record Adadelta(
            @Default("1.0") double learningRate,
            @Default("0.9") double rho,
            @Default("1e-6") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Adadelta {
            Require.positive("learningRate", learningRate);
            Require.fraction("rho", rho);
            Require.positive("epsilon", epsilon);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Running means of the gradient and of its square, both corrected for having begun at zero.
    @Formula(
            value = "m <- beta1 * m + (1 - beta1) * g; v <- beta2 * v + (1 - beta2) * g^2;"
                    + " w <- w - learningRate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)",
            source = "Kingma and Ba 2015, algorithm 1; torch.optim.Adam")
    record Adam(
            @Default("1e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Adam {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /// Adam that never forgets how large a gradient has been.
    @Formula(
            value = "m and v as in adam; u <- max(u, v);"
                    + " w <- w - learningRate * m / (1 - beta1^t) / (sqrt(u / (1 - beta2^t)) + epsilon)",
            source = "Reddi et al. 2018; torch.optim.Adam(amsgrad=True)")
    record AmsGrad(
            @Default("1e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public AmsGrad {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /// Adam whose weight decay acts on the weights themselves and not through the moments.
    @Formula(
            value = "w <- w - learningRate * weightDecay * w; then as adam without weight decay",
            source = "Loshchilov and Hutter 2019; torch.optim.AdamW")
    record AdamW(
            @Default("1e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.01") double weightDecay)
            implements Optimizer {
        public AdamW {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /// Adam with the largest recent gradient in place of the root mean square.
    @Formula(
            value = "m as in adam; u <- max(beta2 * u, |g| + epsilon); w <- w - learningRate / (1 - beta1^t) * m / u",
            source = "Kingma and Ba 2015, algorithm 2; torch.optim.Adamax")
    record Adamax(
            @Default("2e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Adamax {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /// Adam with Nesterov's look ahead, and a momentum that rises to beta1.
    @Formula(
            value = "m and v as in adam; mu_t = beta1 * (1 - 0.96^(t * momentumDecay) / 2);"
                    + " w <- w - learningRate * ((1 - mu_t) / (1 - mu_1 ... mu_t) * g"
                    + " + mu_(t+1) / (1 - mu_1 ... mu_t * mu_t * mu_(t+1)) * m) / (sqrt(v / (1 - beta2^t)) + epsilon)",
            source = "Dozat 2016; torch.optim.NAdam of PyTorch 1.13, where mu_t counts twice in the second product")
    record Nadam(
            @Default("2e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay,
            @Default("4e-3") double momentumDecay)
            implements Optimizer {
        public Nadam {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
            Require.notNegative("momentumDecay", momentumDecay);
        }
    }

    /// Adam that divides by the root mean square only once that can be trusted, and then as far as it can.
    @Formula(
            value = "m and v as in adam; R = 2 / (1 - beta2) - 1; r = R - 2 t * beta2^t / (1 - beta2^t);"
                    + " d = m / (1 - beta1^t); if r > 5: d <- d * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)"
                    + " * sqrt((r - 4) (r - 2) R / ((R - 4) (R - 2) r)); w <- w - learningRate * d",
            source = "Liu et al. 2020; torch.optim.RAdam")
    record Radam(
            @Default("1e-3") double learningRate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Radam {
            requireAdaptive(learningRate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /// A step size for each weight that grows while the gradient keeps its sign and shrinks when it changes; only
    /// signs count, so it wants full batches. The learning rate is the first step size; a schedule scales all of
    /// them.
    @Formula(
            value = "e <- e * increase where g * before > 0, e * decrease where < 0 (and g <- 0 there), within"
                    + " [minimumStep, maximumStep]; w <- w - e * sign(g); before <- g; e begins with learningRate",
            source = "Riedmiller and Braun 1993; torch.optim.Rprop")
    record Rprop(
            @Default("0.01") double learningRate,
            @Default("0.5") double decrease,
            @Default("1.2") double increase,
            @Default("1e-6") double minimumStep,
            @Default("50.0") double maximumStep)
            implements Optimizer {
        public Rprop {
            Require.positive("learningRate", learningRate);
            Require.positive("decrease", decrease);
            Require.fraction("decrease", decrease);
            Require.finite("increase", increase);
            if (increase <= 1) {
                throw new InvalidSpec("/increase", "out-of-range", "increase must be greater than 1", increase);
            }
            Require.positive("minimumStep", minimumStep);
            Require.finite("maximumStep", maximumStep);
            if (maximumStep < minimumStep) {
                throw new InvalidSpec(
                        "/maximumStep", "out-of-range", "maximumStep must be at least minimumStep", maximumStep);
            }
        }
    }

    /// Newton's direction from the last steps and what they did to the gradient; full batches only. One step is
    /// one iteration, in which the line search looks at the objective several times. PyTorch remembers 100 steps.
    @Formula(
            value =
                    "w <- w + t * d, d = -H g, H the inverse Hessian that fits the last steps s and changes of gradient y,"
                            + " from (s y / y y) I; t = learningRate, or found by the line search from there; the first step:"
                            + " d = -g, t = learningRate * min(1, 1 / sum |g|)",
            source = "Liu and Nocedal 1989; torch.optim.LBFGS(max_iter=1)")
    record Lbfgs(
            @Default("1.0") double learningRate,
            @Default("10") int history,
            @Default("strongWolfe") LineSearch lineSearch)
            implements Optimizer {

        public static final int LONGEST_HISTORY = 1000;

        public Lbfgs {
            Require.positive("learningRate", learningRate);
            Require.between("history", history, 1, LONGEST_HISTORY);
        }
    }

    /// Natural gradient, with the Fisher matrix of each dense layer as a Kronecker product of what comes in and
    /// what comes back. Made for losses that are means over rows; other parameters than a dense layer's follow
    /// their gradients.
    @Formula(
            value =
                    "per dense layer, [W b] <- [W b] - learningRate * (G + sqrt(damping) / p I)^-1 [dW db]"
                            + " (A + p sqrt(damping) I)^-1; A and G running means (decay) of x^T x / n, x with a 1 for the bias, and"
                            + " n delta^T delta; p^2 = mean diagonal of A / mean diagonal of G; inverses anew every so many steps",
            source = "Martens and Grosse 2015, block-diagonal, with the Fisher matrix of the targets")
    record Kfac(
            @Default("0.01") double learningRate,
            @Default("0.01") double damping,
            @Default("0.95") double decay,
            @Default("10") int every,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Kfac {
            Require.positive("learningRate", learningRate);
            Require.positive("damping", damping);
            Require.fraction("decay", decay);
            Require.between("every", every, 1, Integer.MAX_VALUE);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    /// Adagrad with a full matrix for the rows and one for the columns of each parameter. A row vector has one
    /// matrix. With `every` above 1 the roots meet directions they have not seen, in which `epsilon` allows large
    /// steps: take a smaller learning rate.
    @Formula(
            value = "L <- L + g g^T, R <- R + g^T g, from epsilon I; w <- w - learningRate * L^(-1/4) g R^(-1/4);"
                    + " a row vector: w <- w - learningRate * g R^(-1/2); roots anew every so many steps",
            source = "Gupta et al. 2018, algorithm 1")
    record Shampoo(
            @Default("0.1") double learningRate,
            @Default("1e-4") double epsilon,
            @Default("1") int every,
            @Default("0.0") double weightDecay)
            implements Optimizer {
        public Shampoo {
            Require.positive("learningRate", learningRate);
            Require.positive("epsilon", epsilon);
            Require.between("every", every, 1, Integer.MAX_VALUE);
            Require.notNegative("weightDecay", weightDecay);
        }
    }

    private static void requireAdaptive(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        Require.positive("learningRate", learningRate);
        Require.fraction("beta1", beta1);
        Require.fraction("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.notNegative("weightDecay", weightDecay);
    }
}
