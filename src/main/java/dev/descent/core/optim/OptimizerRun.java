package dev.descent.core.optim;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import java.util.List;
import java.util.Map;

/// An optimizer at work on a network's parameters: its moments, its history, its step count.
public final class OptimizerRun {

    private static final Closure NONE = () -> {
        throw new IllegalStateException("this optimizer evaluates the objective: call step with a closure");
    };

    private final UpdateRun update;

    private OptimizerRun(UpdateRun update) {
        this.update = update;
    }

    /// Begins with all moments zero.
    public static OptimizerRun start(Optimizer rule, Network network) {
        return new OptimizerRun(
                rule instanceof Optimizer.Kfac kfac
                        ? new KfacRun(kfac, network)
                        : of(rule, network.parameters(), network.precision()));
    }

    /// Begins with all moments zero, for parameters of no network; not for [Optimizer.Kfac], which looks into
    /// layers.
    public static OptimizerRun start(Optimizer rule, List<Parameter> parameters, Precision precision) {
        return new OptimizerRun(of(rule, parameters, precision));
    }

    private static UpdateRun of(Optimizer rule, List<Parameter> parameters, Precision precision) {
        return switch (rule) {
            case Optimizer.Lbfgs lbfgs -> new LbfgsRun(lbfgs, parameters, precision);
            case Optimizer.Shampoo shampoo -> new ShampooRun(shampoo, parameters);
            case Optimizer.Kfac kfac -> throw new IllegalArgumentException("kfac needs a network's layers");
            default -> new FirstOrderRun(rule, parameters, precision);
        };
    }

    /// Moves every parameter against its gradient; not for [Optimizer.Lbfgs] with a line search.
    public void step(double learningRate) {
        update.step(learningRate, Double.NaN, NONE);
    }

    /// Moves every parameter. `objective` and the gradients are those at the parameters' present values; the
    /// closure is called by [Optimizer.Lbfgs] alone, and its gradients are those of wherever it was called last.
    public void step(double learningRate, double objective, Closure closure) {
        update.step(learningRate, objective, closure);
    }

    /// Copies of what is kept for `parameter` from step to step, under the symbols of the optimizer's formula.
    ///
    /// Of `lbfgs` d is the direction of the last step, g its gradient, and s_1, y_1, ... the pairs it
    /// remembers, the oldest first. What `kfac` keeps for a dense layer stands with its weights; there and in
    /// `shampoo` an inverse or a root is the one that steps are taken with.
    public List<Slot> slots(Parameter parameter) {
        return update.slots(parameter);
    }

    /// The numbers that are kept for all parameters together: t, the steps made. Of `lbfgs` t is the length of the last
    /// step, and beside it is how many pairs are remembered.
    public Map<String, Double> numbers() {
        return update.numbers();
    }

    /// Takes `walk` past moments, history and counts; the parameters themselves are not among them.
    public void walk(StateWalk walk) {
        update.walk(walk);
    }
}
