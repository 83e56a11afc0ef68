package dev.descent.core.optim;

/// The numbers of one step that every entry shares, computed once and in binary64, and what they depend on from
/// step to step.
final class Factors {

    /// What the update is multiplied by: the learning rate, bias correction of the first moment included.
    double rate;

    /// The root of the second moment's bias correction.
    double root;

    /// What `adamW` leaves of a weight.
    double keep;

    /// What `nadam` takes of the gradient and of its running mean.
    double ofGradient;

    double ofMean;

    /// Whether `radam` divides by the root mean square.
    boolean trusted;

    private long step;
    private double momentumProduct = 1;

    /// The factors of the next step.
    void next(Optimizer rule, double learningRate) {
        step++;
        rate = learningRate;
        switch (rule) {
            case Optimizer.Adam adam -> correct(adam.beta1(), adam.beta2());
            case Optimizer.AmsGrad amsGrad -> correct(amsGrad.beta1(), amsGrad.beta2());
            case Optimizer.AdamW adamW -> {
                correct(adamW.beta1(), adamW.beta2());
                keep = 1 - learningRate * adamW.weightDecay();
            }
            case Optimizer.Adamax adamax -> correct(adamax.beta1(), adamax.beta2());
            case Optimizer.Nadam nadam -> {
                correct(nadam.beta1(), nadam.beta2());
                double now = momentum(nadam, step);
                double next = momentum(nadam, step + 1);
                momentumProduct *= now;
                ofGradient = learningRate * (1 - now) / (1 - momentumProduct);
                ofMean = learningRate * next / (1 - momentumProduct * now * next); // now twice, as in PyTorch 1.13
            }
            case Optimizer.Radam radam -> {
                correct(radam.beta1(), radam.beta2());
                rectify(radam);
            }
            case Optimizer.Rprop rprop -> rate = learningRate / rprop.learningRate();
            case Optimizer.Sgd sgd -> {}
            case Optimizer.Momentum momentum -> {}
            case Optimizer.Nesterov nesterov -> {}
            case Optimizer.RmsProp rmsProp -> {}
            case Optimizer.Adagrad adagrad -> {}
            case Optimizer.Adadelta adadelta -> {}
            case Optimizer.Lbfgs lbfgs -> {}
            case Optimizer.Kfac kfac -> {}
            case Optimizer.Shampoo shampoo -> {}
        }
    }

    /// What the factors of the next step depend on besides its learning rate.
    void walk(StateWalk walk) {
        step = walk.integer("optimizer.step", step, 0, Long.MAX_VALUE);
        momentumProduct = walk.number("optimizer.momentumProduct", momentumProduct);
    }

    /// How many steps were made.
    long steps() {
        return step;
    }

    private void correct(double beta1, double beta2) {
        rate /= 1 - Powers.of(beta1, step);
        root = Math.sqrt(1 - Powers.of(beta2, step));
    }

    private void rectify(Optimizer.Radam rule) {
        double power = Powers.of(rule.beta2(), step);
        double limit = 2 / (1 - rule.beta2()) - 1;
        double length = limit - 2 * step * power / (1 - power);
        trusted = length > 5;
        if (trusted) {
            double squared = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length);
            rate *= Math.sqrt(squared) * root;
        }
    }

    private static double momentum(Optimizer.Nadam rule, long step) {
        return rule.beta1() * (1 - 0.5 * Powers.of(0.96, step * rule.momentumDecay()));
    }
}
