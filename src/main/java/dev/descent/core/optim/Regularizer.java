package dev.descent.core.optim;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;
import java.util.stream.Stream;

/// A [Regularization] at work on a network's parameters.
public final class Regularizer {

    private final double l1;
    private final double l2;
    private final double maxNorm;
    private final Parameter[] weights;
    private final Parameter[] penalized;
    private final Adjustments adjustments;

    private Regularizer(Regularization spec, List<Parameter> weights, List<Parameter> penalized, Precision precision) {
        l1 = spec.l1();
        l2 = spec.l2();
        Double bound = spec.maxNorm();
        maxNorm = bound == null ? Double.POSITIVE_INFINITY : bound;
        this.weights = weights.toArray(Parameter[]::new);
        this.penalized = penalized.toArray(Parameter[]::new);
        adjustments = Adjustments.of(precision);
    }

    /// Works on `weights` (each out x in) and, where the spec wants it, on `biases`, in the order given.
    public static Regularizer start(
            Regularization spec, List<Parameter> weights, List<Parameter> biases, Precision precision) {
        List<Parameter> penalized =
                spec.biases() ? Stream.concat(weights.stream(), biases.stream()).toList() : weights;
        return new Regularizer(spec, weights, penalized, precision);
    }

    /// The penalty, whose gradient is added to the parameters' gradients.
    public double penalize() {
        double penalty = 0;
        if (l1 > 0 || l2 > 0) {
            for (Parameter parameter : penalized) {
                penalty += adjustments.penalize(parameter.value(), parameter.gradient(), l1, l2);
            }
        }
        return penalty;
    }

    /// The penalty alone.
    public double penalty() {
        double penalty = 0;
        if (l1 > 0 || l2 > 0) {
            for (Parameter parameter : penalized) {
                penalty += adjustments.penalty(parameter.value(), l1, l2);
            }
        }
        return penalty;
    }

    /// Brings every unit's incoming weights back to the length allowed; to be called after the update.
    public void project() {
        if (maxNorm < Double.POSITIVE_INFINITY) {
            for (Parameter parameter : weights) {
                adjustments.project(parameter.value(), maxNorm);
            }
        }
    }
}
