package dev.descent.core.optim;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// [Optimizer.Lbfgs] at work; a step is one iteration. Nothing moves where the gradient or its slope along the
/// direction has vanished.
final class LbfgsRun implements UpdateRun {

    /// The vectors that are kept besides the history's two for each iteration remembered.
    static final int OWN_VECTORS = 4;

    /// Those of them that each step begins anew.
    static final int PASSING_VECTORS = 2;

    private static final int GRADIENT = 0;
    private static final int BEFORE = 1; // the gradient of the last step
    private static final int DIRECTION = 2;
    private static final int START = 3;

    private static final double VANISHED_GRADIENT = 1e-7; // these three as in PyTorch
    private static final double VANISHED_SLOPE = 1e-9;
    private static final double LEAST_CURVATURE = 1e-10;

    private final Optimizer.Lbfgs rule;
    private final FlatVectors vectors;
    private final WolfeSearch search;
    private final int[] steps; // s = w - w before, the oldest first
    private final int[] changes; // y = g - g before
    private final double[] inverses; // 1 / (s y)
    private final double[] coefficients;
    private int remembered;
    private double scale = 1;
    private double length;
    private boolean begun;

    LbfgsRun(Optimizer.Lbfgs rule, List<Parameter> parameters, Precision precision) {
        this.rule = rule;
        vectors = FlatVectors.create(precision, parameters, OWN_VECTORS + 2 * rule.history());
        search = new WolfeSearch(vectors, GRADIENT, DIRECTION, START);
        steps = new int[rule.history()];
        changes = new int[rule.history()];
        for (int i = 0; i < rule.history(); i++) {
            steps[i] = OWN_VECTORS + 2 * i;
            changes[i] = steps[i] + 1;
        }
        inverses = new double[rule.history()];
        coefficients = new double[rule.history()];
    }

    @Override
    public void step(double learningRate, double objective, Closure closure) {
        vectors.readGradients(GRADIENT);
        if (vectors.largest(GRADIENT) <= VANISHED_GRADIENT) {
            return;
        }
        if (begun) {
            remember();
        }
        direct();
        vectors.scale(BEFORE, 1, GRADIENT);
        length = begun ? learningRate : Math.min(1, 1 / vectors.absoluteSum(GRADIENT)) * learningRate;
        begun = true;
        double slope = vectors.dot(GRADIENT, DIRECTION);
        if (!(slope <= -VANISHED_SLOPE)) {
            length = 0;
            return;
        }
        vectors.readValues(START);
        if (rule.lineSearch() == LineSearch.STRONG_WOLFE) {
            length = search.length(length, objective, slope, closure);
        }
        vectors.writeValues(START, length, DIRECTION);
    }

    /// Direction and length of the last step become history in the next.
    @Override
    public void walk(StateWalk walk) {
        begun = walk.flag("optimizer.begun", begun);
        length = walk.number("optimizer.length", length);
        scale = walk.number("optimizer.scale", scale);
        remembered = (int) walk.integer("optimizer.remembered", remembered, 0, rule.history());
        walk.integers("optimizer.steps", steps, OWN_VECTORS, OWN_VECTORS + 2 * rule.history() - 1);
        walk.integers("optimizer.changes", changes, OWN_VECTORS, OWN_VECTORS + 2 * rule.history() - 1);
        walk.numbers("optimizer.inverses", 0, inverses);
        vectors.walk(walk, "optimizer.vector", BEFORE);
        vectors.walk(walk, "optimizer.vector", DIRECTION);
        for (int i = 0; i < 2 * rule.history(); i++) {
            vectors.walk(walk, "optimizer.vector", OWN_VECTORS + i);
        }
    }

    @Override
    public List<Slot> slots(Parameter parameter) {
        List<Slot> kept = new ArrayList<>();
        kept.add(new Slot("g", vectors.entries(BEFORE, parameter)));
        kept.add(new Slot("d", vectors.entries(DIRECTION, parameter)));
        for (int i = 0; i < remembered; i++) {
            kept.add(new Slot("s_" + (i + 1), vectors.entries(steps[i], parameter)));
            kept.add(new Slot("y_" + (i + 1), vectors.entries(changes[i], parameter)));
        }
        return kept;
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("t", length, "pairs", (double) remembered);
    }

    /// Takes the last step and what it did to the gradient into the history, where the objective curved upwards.
    private void remember() {
        int last = rule.history() - 1;
        int slot = Math.min(remembered, last);
        int step = remembered > last ? steps[0] : steps[slot];
        int change = remembered > last ? changes[0] : changes[slot];
        // written only when it counts: a full history's oldest pair is still in use until then
        double curvature = length * (vectors.dot(GRADIENT, DIRECTION) - vectors.dot(BEFORE, DIRECTION));
        if (!(curvature > LEAST_CURVATURE)) {
            return;
        }
        if (remembered > last) {
            System.arraycopy(steps, 1, steps, 0, last);
            System.arraycopy(changes, 1, changes, 0, last);
            System.arraycopy(inverses, 1, inverses, 0, last);
        } else {
            remembered++;
        }
        steps[slot] = step;
        changes[slot] = change;
        vectors.scale(step, length, DIRECTION);
        vectors.scale(change, 1, GRADIENT);
        vectors.add(change, -1, BEFORE);
        inverses[slot] = 1 / curvature;
        scale = curvature / vectors.dot(change, change);
    }

    /// The direction: minus the inverse Hessian, as far as the history knows it, times the gradient (two loops).
    private void direct() {
        vectors.scale(DIRECTION, -1, GRADIENT);
        for (int i = remembered - 1; i >= 0; i--) {
            coefficients[i] = vectors.dot(steps[i], DIRECTION) * inverses[i];
            vectors.add(DIRECTION, -coefficients[i], changes[i]);
        }
        vectors.scale(DIRECTION, scale, DIRECTION);
        for (int i = 0; i < remembered; i++) {
            double correction = vectors.dot(changes[i], DIRECTION) * inverses[i];
            vectors.add(DIRECTION, coefficients[i] - correction, steps[i]);
        }
    }
}
