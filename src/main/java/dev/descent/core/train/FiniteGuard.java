package dev.descent.core.train;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Notices within a step that a number is no longer finite, and keeps the weights from before.
///
/// Every step reads the loss and all gradients. The weights are copied before an update, and read after it, only where
/// the update could leave the finite numbers: a rule that divides by what may vanish, or gradients so large that a
/// product with them could overflow. Small networks always are: it costs them nothing.
final class FiniteGuard {

    /// Parameters up to which the copy is not worth a thought.
    private static final long SMALL = 4096;

    private final Network network;
    private final List<Parameter> parameters;
    private final boolean always;
    private final double limit;
    private final List<Matrix> before = new ArrayList<>();
    private double largest;

    FiniteGuard(Network network, Optimizer optimizer) {
        this.network = network;
        parameters = network.parameters();
        always = network.spec().parameters() <= SMALL || mayAmplify(optimizer);
        limit = network.precision() == Precision.FLOAT64 ? 1e140 : 1e15;
        if (always) {
            makeRoom();
        }
    }

    /// Whether the rule can make an infinite step of gradients of everyday size.
    private static boolean mayAmplify(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Sgd _, Optimizer.Momentum _, Optimizer.Nesterov _, Optimizer.Rprop _ -> false;
            case Optimizer.RmsProp rule -> rule.centered() || vanishes(rule.epsilon());
            case Optimizer.Adagrad rule -> vanishes(rule.epsilon());
            case Optimizer.Adadelta rule -> vanishes(rule.epsilon());
            case Optimizer.Adam rule -> vanishes(rule.epsilon());
            case Optimizer.AmsGrad rule -> vanishes(rule.epsilon());
            case Optimizer.AdamW rule -> vanishes(rule.epsilon());
            case Optimizer.Adamax rule -> vanishes(rule.epsilon());
            case Optimizer.Nadam rule -> vanishes(rule.epsilon());
            case Optimizer.Radam rule -> vanishes(rule.epsilon());
            case Optimizer.Lbfgs _, Optimizer.Kfac _, Optimizer.Shampoo _ -> true;
        };
    }

    private static boolean vanishes(double epsilon) {
        return epsilon < 1e-12;
    }

    /// What stopped being finite in the passes of step `step`; null when nothing did.
    @Nullable
    Divergence afterBackward(long step, double loss) {
        if (!Double.isFinite(loss)) {
            return lossOf(step);
        }
        largest = 0;
        for (int i = 0; i < parameters.size(); i++) {
            largest = Math.max(largest, parameters.get(i).gradient().largestMagnitude());
        }
        return largest < Double.POSITIVE_INFINITY ? null : gradientOf(step);
    }

    /// Call before the update, after [#afterBackward] found nothing.
    void beforeUpdate(double learningRate) {
        if (watched(learningRate)) {
            makeRoom();
            for (int i = 0; i < parameters.size(); i++) {
                before.get(i).copy(parameters.get(i).value());
            }
        }
    }

    /// Takes an update back that left a weight not finite; null when none did.
    @Nullable
    Divergence afterUpdate(long step, double learningRate) {
        if (!watched(learningRate)) {
            return null;
        }
        Layer layer = network.firstNonFiniteLayer();
        if (layer == null) {
            return null;
        }
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).value().copy(before.get(i));
        }
        return new Divergence(step, layer.place().index(), Divergence.Place.WEIGHTS);
    }

    private boolean watched(double learningRate) {
        return always || !(largest * Math.max(1, learningRate) < limit);
    }

    private void makeRoom() {
        if (before.isEmpty()) {
            for (Parameter parameter : parameters) {
                Matrix value = parameter.value();
                before.add(Matrix.create(value.precision(), value.rows(), value.columns(), Layout.BY_ROWS));
            }
        }
    }

    private Divergence lossOf(long step) {
        List<Layer> layers = network.layers();
        for (Layer layer : layers) {
            if (!layer.activation().isFinite()) {
                return new Divergence(step, layer.place().index(), Divergence.Place.ACTIVATION);
            }
        }
        return new Divergence(step, layers.getLast().place().index(), Divergence.Place.LOSS);
    }

    private Divergence gradientOf(long step) {
        List<Layer> layers = network.layers();
        for (Layer layer : layers.reversed()) {
            if (!isFinite(layer.weights()) || !isFinite(layer.biases())) {
                return new Divergence(step, layer.place().index(), Divergence.Place.GRADIENT);
            }
        }
        throw new IllegalStateException("every gradient is finite");
    }

    private static boolean isFinite(@Nullable Parameter parameter) {
        return parameter == null || parameter.gradient().isFinite();
    }
}
