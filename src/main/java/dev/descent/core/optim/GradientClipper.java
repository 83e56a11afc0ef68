package dev.descent.core.optim;

import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;

/// A [GradientClipping] at work on a network's parameters.
public final class GradientClipper {

    private static final double TORCH_EPSILON = 1e-6;

    private final GradientClipping rule;
    private final Parameter[] parameters;
    private final Adjustments adjustments;

    private GradientClipper(GradientClipping rule, List<Parameter> parameters, Precision precision) {
        this.rule = rule;
        this.parameters = parameters.toArray(Parameter[]::new);
        adjustments = Adjustments.of(precision);
    }

    public static GradientClipper start(GradientClipping rule, List<Parameter> parameters, Precision precision) {
        return new GradientClipper(rule, parameters, precision);
    }

    /// Bounds the gradients in place. A norm that is not finite is left for divergence to be seen: infinite
    /// becomes NaN.
    public void clip() {
        switch (rule) {
            case GradientClipping.Value value -> {
                for (Parameter parameter : parameters) {
                    adjustments.clamp(parameter.gradient(), value.limit());
                }
            }
            case GradientClipping.Norm norm -> {
                double factor = norm.limit() / (norm() + TORCH_EPSILON);
                if (factor < 1) {
                    for (Parameter parameter : parameters) {
                        adjustments.scale(parameter.gradient(), factor);
                    }
                }
            }
        }
    }

    /// The length of all gradients as one vector: squares summed in parameter order, row order, binary64.
    public double norm() {
        double sum = 0;
        for (Parameter parameter : parameters) {
            sum += parameter.gradient().squaredNorm();
        }
        return Math.sqrt(sum);
    }
}
