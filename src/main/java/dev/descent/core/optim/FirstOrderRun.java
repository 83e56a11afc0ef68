package dev.descent.core.optim;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    @Override
    public List<Slot> slots(Parameter parameter) {
        List<String> symbols = symbols();
        List<Slot> kept = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            for (int j = 0; parameters[i] == parameter && j < slots[i].length; j++) {
                Matrix slot = slots[i][j];
                Matrix copy = Matrix.create(slot.precision(), slot.rows(), slot.columns(), Layout.BY_ROWS);
                copy.copy(slot);
                kept.add(new Slot(symbols.get(j), copy));
            }
        }
        return kept;
    }

    /// Of each slot, in the order in which [Updates] keeps them.
    private List<String> symbols() {
        return switch (rule) {
            case Optimizer.Sgd _ -> List.of();
            case Optimizer.Momentum _, Optimizer.Nesterov _ -> List.of("v");
            case Optimizer.RmsProp rmsProp -> {
                List<String> symbols = new ArrayList<>(List.of("s"));
                if (rmsProp.centered()) {
                    symbols.add("m");
                }
                if (rmsProp.momentum() > 0) {
                    symbols.add("v");
                }
                yield symbols;
            }
            case Optimizer.Adagrad _ -> List.of("s");
            case Optimizer.Adadelta _ -> List.of("s", "u");
            case Optimizer.Adam _, Optimizer.AdamW _, Optimizer.Nadam _, Optimizer.Radam _ -> List.of("m", "v");
            case Optimizer.AmsGrad _ -> List.of("m", "v", "u");
            case Optimizer.Adamax _ -> List.of("m", "u");
            case Optimizer.Rprop _ -> List.of("before", "e");
            case Optimizer.Lbfgs _, Optimizer.Kfac _, Optimizer.Shampoo _ ->
                throw new IllegalStateException("not first-order: " + rule);
        };
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("t", (double) factors.steps());
    }

    private static void fill(Matrix matrix, double value) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, value);
            }
        }
    }
}
