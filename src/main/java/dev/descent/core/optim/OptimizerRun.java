package dev.descent.core.optim;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/// An optimizer at work on a network's parameters: its moments and its step count.
public final class OptimizerRun {

    private final Optimizer rule;
    private final Updates updates;
    private final List<Parameter> parameters;
    private final List<List<Matrix>> slots = new ArrayList<>();
    private long steps;

    private OptimizerRun(Optimizer rule, List<Parameter> parameters, Precision precision) {
        this.rule = rule;
        this.parameters = List.copyOf(parameters);
        updates = Updates.of(precision);
        for (Parameter parameter : parameters) {
            List<Matrix> made = new ArrayList<>();
            for (int i = 0; i < rule.slots(); i++) {
                made.add(Matrix.create(
                        precision, parameter.value().rows(), parameter.value().columns(), Layout.BY_ROWS));
            }
            slots.add(List.copyOf(made));
        }
    }

    /// Begins with all moments zero.
    public static OptimizerRun start(Optimizer rule, List<Parameter> parameters, Precision precision) {
        return new OptimizerRun(rule, parameters, precision);
    }

    /// Moves every parameter against its gradient.
    public void step(double learningRate) {
        steps++;
        for (int i = 0; i < parameters.size(); i++) {
            Matrix w = parameters.get(i).value();
            Matrix g = parameters.get(i).gradient();
            List<Matrix> kept = slots.get(i);
            switch (rule) {
                case Optimizer.Sgd sgd -> updates.sgd(sgd, learningRate, w, g);
                case Optimizer.Momentum momentum -> updates.momentum(momentum, learningRate, w, g, kept.get(0));
                case Optimizer.Adam adam -> updates.adam(adam, learningRate, steps, w, g, kept.get(0), kept.get(1));
            }
        }
    }
}
