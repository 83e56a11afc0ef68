package dev.descent.core.optim;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;

/// A first-order optimizer at work: its moments, and one fused pass over them in each step.
final class FirstOrderRun implements UpdateRun {

    private final Optimizer rule;
    private final Updates updates;
    private final Parameter[] parameters;
    private final Matrix[][] slots;
    private final Factors factors = new Factors();

    FirstOrderRun(Optimizer rule, List<Parameter> parameters, Precision precision) {
        this.rule = rule;
        this.parameters = parameters.toArray(Parameter[]::new);
        updates = Updates.of(precision);
        slots = new Matrix[parameters.size()][rule.slots()];
        for (int i = 0; i < slots.length; i++) {
            for (int j = 0; j < slots[i].length; j++) {
                Matrix value = parameters.get(i).value();
                slots[i][j] = Matrix.create(precision, value.rows(), value.columns(), Layout.BY_ROWS);
            }
        }
        if (rule instanceof Optimizer.Rprop rprop) {
            for (Matrix[] kept : slots) {
                fill(kept[1], rprop.learningRate());
            }
        }
    }

    @Override
    public void step(double learningRate, double objective, Closure closure) {
        factors.next(rule, learningRate);
        for (int i = 0; i < parameters.length; i++) {
            Matrix w = parameters[i].value();
            Matrix g = parameters[i].gradient();
            Matrix[] kept = slots[i];
            switch (rule) {
                case Optimizer.Sgd sgd -> updates.sgd(sgd, factors, w, g);
                case Optimizer.Momentum momentum -> updates.momentum(momentum, factors, w, g, kept);
                case Optimizer.Nesterov nesterov -> updates.nesterov(nesterov, factors, w, g, kept);
                case Optimizer.RmsProp rmsProp -> updates.rmsProp(rmsProp, factors, w, g, kept);
                case Optimizer.Adagrad adagrad -> updates.adagrad(adagrad, factors, w, g, kept);
                case Optimizer.Adadelta adadelta -> updates.adadelta(adadelta, factors, w, g, kept);
                case Optimizer.Adam adam -> updates.adam(adam, factors, w, g, kept);
                case Optimizer.AmsGrad amsGrad -> updates.amsGrad(amsGrad, factors, w, g, kept);
                case Optimizer.AdamW adamW -> updates.adamW(adamW, factors, w, g, kept);
                case Optimizer.Adamax adamax -> updates.adamax(adamax, factors, w, g, kept);
                case Optimizer.Nadam nadam -> updates.nadam(nadam, factors, w, g, kept);
                case Optimizer.Radam radam -> updates.radam(radam, factors, w, g, kept);
                case Optimizer.Rprop rprop -> updates.rprop(rprop, factors, w, g, kept);
                case Optimizer.Lbfgs _, Optimizer.Kfac _, Optimizer.Shampoo _ ->
                    throw new IllegalStateException("not first-order: " + rule);
            }
        }
    }

    @Override
    public void walk(StateWalk walk) {
        factors.walk(walk);
        for (int i = 0; i < slots.length; i++) {
            for (int j = 0; j < slots[i].length; j++) {
                walk.matrix("optimizer.slot", i * slots[i].length + j, slots[i][j]);
            }
        }
    }

    private static void fill(Matrix matrix, double value) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, value);
            }
        }
    }
}
