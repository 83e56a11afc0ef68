package dev.descent.core.lint;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.TrainingSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a network between two steps: passes a [Sample] through it, as for predictions, which draws nothing and
/// moves
/// no running statistic. What the last batch left in its layers is overwritten.
final class Sight {

    private final TrainingSpec spec;
    private final Sample sample;
    private final List<PlacedLayer> places;
    private final LossSum all;
    private final @Nullable LossSum[] idle; // by layer; null where the layer's rows cannot be idle
    private final int[][] active;
    private final int[][] saturated;
    private final int[][] activeUnits; // by layer and row
    private final double[] deltas;
    private final Matrix idleWeights;
    private boolean deltasSeen;

    Sight(TrainingSpec spec, Sample sample) {
        this.spec = spec;
        this.sample = sample;
        places = spec.network().placedLayers();
        var objective = new Objective(spec.loss(), spec.precision());
        all = objective.sum();
        idle = new LossSum[places.size()];
        active = new int[places.size()][];
        saturated = new int[places.size()][];
        activeUnits = new int[places.size()][];
        deltas = new double[places.size()];
        for (PlacedLayer place : places) {
            int index = place.index();
            active[index] = new int[place.units()];
            saturated[index] = new int[place.units()];
            boolean rectifies = LayerView.rectifies(place);
            idle[index] = rectifies ? objective.sum() : null;
            activeUnits[index] = new int[rectifies ? sample.size() : 0];
        }
        idleWeights = Matrix.create(spec.precision(), sample.chunk(), 1);
    }

    /// Within a step, when its gradients are known.
    void seeGradients(Network network) {
        List<Layer> layers = network.layers();
        for (int i = 0; i < deltas.length; i++) {
            Matrix delta = layers.get(i).delta();
            deltas[i] = Math.sqrt(delta.squaredNorm() / ((double) delta.rows() * delta.columns()));
        }
        deltasSeen = true;
    }

    /// Between two steps.
    Observation look(Network network, long step, double firstLoss) {
        clear();
        for (int from = 0; from < sample.size(); from += sample.chunk()) {
            int count = sample.gather(from);
            Matrix output = network.forward(sample.inputs());
            all.add(output, sample.targets(), sample.weights());
            for (Layer layer : network.layers()) {
                see(layer, output, from, count);
            }
        }
        double loss = all.value();
        List<LayerView> views = new ArrayList<>();
        for (Layer layer : network.layers()) {
            views.add(view(layer, loss));
        }
        deltasSeen = false;
        return new Observation(
                step,
                sample.size(),
                sample.rowNumbers(),
                loss,
                firstLoss,
                sample.fewInputs(),
                sample.inputNames(),
                views);
    }

    private void clear() {
        all.clear();
        for (int i = 0; i < places.size(); i++) {
            Arrays.fill(active[i], 0);
            Arrays.fill(saturated[i], 0);
            Arrays.fill(activeUnits[i], 0);
            if (idle[i] != null) {
                idle[i].clear();
            }
        }
    }

    private void see(Layer layer, Matrix output, int from, int count) {
        int index = layer.place().index();
        LossSum ofIdle = idle[index];
        if (ofIdle != null) {
            seeActive(layer.activation(), index, from, count);
            idleWeights.resize(count);
            for (int i = 0; i < count; i++) {
                idleWeights.set(i, 0, activeUnits[index][from + i] == 0 ? sample.weight(from + i) : 0);
            }
            ofIdle.add(output, sample.targets(), idleWeights);
        } else {
            seeSaturated(layer.place().layer().activation(), layer.activation(), saturated[index], count);
        }
    }

    private void seeActive(Matrix a, int layer, int from, int count) {
        for (int unit = 0; unit < a.columns(); unit++) {
            for (int i = 0; i < count; i++) {
                if (a.get(i, unit) > 0) {
                    active[layer][unit]++;
                    activeUnits[layer][from + i]++;
                }
            }
        }
    }

    private static void seeSaturated(Activation g, Matrix a, int[] rows, int count) {
        if (!saturates(g)) {
            return;
        }
        for (int unit = 0; unit < a.columns(); unit++) {
            for (int i = 0; i < count; i++) {
                rows[unit] += isFlat(g, a.get(i, unit)) ? 1 : 0;
            }
        }
    }

    private static boolean saturates(Activation g) {
        return g instanceof Activation.Sigmoid
                || g instanceof Activation.HardSigmoid
                || g instanceof Activation.Tanh
                || g instanceof Activation.Softsign;
    }

    /// Whether the slope where the output is `a` is below a hundredth of the largest.
    private static boolean isFlat(Activation g, double a) {
        if (g instanceof Activation.Sigmoid) {
            return 4 * a * (1 - a) < 0.01;
        }
        if (g instanceof Activation.Tanh) {
            return 1 - a * a < 0.01;
        }
        return g instanceof Activation.Softsign ? Math.abs(a) > 0.9 : a <= 0 || a >= 1;
    }

    private LayerView view(Layer layer, double loss) {
        int index = layer.place().index();
        int[] idleRows = idleRows(index);
        LossSum ofIdle = idle[index];
        double idleLoss = ofIdle == null || idleRows.length == 0 ? Double.NaN : ofIdle.value();
        return new LayerView(
                layer.place(),
                index < places.size() - 1,
                active[index],
                saturated[index],
                idleRows,
                idleLoss,
                share(idleRows, idleLoss, loss),
                EqualUnits.of(layer),
                deltasSeen ? deltas[index] : null);
    }

    private int[] idleRows(int layer) {
        int[] counts = activeUnits[layer];
        int[] rows = new int[counts.length];
        int found = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                rows[found++] = i;
            }
        }
        return Arrays.copyOf(rows, found);
    }

    /// NaN where losses may be below 0, of which none is a share of another.
    private double share(int[] idleRows, double idleLoss, double loss) {
        if (!(idleLoss >= 0) || !(loss > 0)) {
            return Double.NaN;
        }
        return spec.loss().reduction() == Reduction.SUM
                ? idleLoss / loss
                : idleLoss * weight(idleRows) / (loss * weight());
    }

    private double weight(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += sample.weight(row);
        }
        return sum;
    }

    private double weight() {
        double sum = 0;
        for (int row = 0; row < sample.size(); row++) {
            sum += sample.weight(row);
        }
        return sum;
    }
}
