package dev.descent.core.optim;

import dev.descent.core.Default;
import dev.descent.core.Formula;
import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;

/// The rule that turns gradients into an update of the parameters; parameters and defaults as in `torch.optim`.
///
/// In the formulas g is the gradient, to which all but `adamW` first add `weightDecay * w`, and t the step, from 1;
/// what
/// is kept between steps begins with zeros. A spec is not its run: moments and step counts belong to [OptimizerRun].
public sealed interface Optimizer {

    double learningRate();

    /// How many matrices of a parameter's shape the run keeps for each parameter.
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
        };
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

    /// A step size for each weight that grows while the gradient keeps its sign and shrinks when it changes; only signs
    /// count, so it wants full batches. The learning rate is the first step size; a schedule scales all of them.
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

    private static void requireAdaptive(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        Require.positive("learningRate", learningRate);
        Require.fraction("beta1", beta1);
        Require.fraction("beta2", beta2);
        Require.positive("epsilon", epsilon);
        Require.notNegative("weightDecay", weightDecay);
    }
}
