package dev.descent.core.mistake;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Slopes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What each mistake makes of a step of the pass back through a layer.
final class Variants {

    private final Trace trace;
    private final List<List<Slope>> slopes;
    private final @Nullable WeightUpdate update;

    /// @param update null where nobody knows how the weights are updated
    Variants(Trace trace, @Nullable WeightUpdate update) {
        this.trace = trace;
        this.update = update;
        slopes = trace.layers().stream().map(Variants::slopes).toList();
    }

    /// What dJ/da is multiplied with in a layer, right and wrong: all the same for every dJ/da.
    private static List<Slope> slopes(LayerPass layer) {
        Activation g = layer.activation();
        List<Slope> slopes = new ArrayList<>();
        if (g instanceof Activation.Identity || g instanceof Activation.Softmax) {
            return slopes;
        }
        double[][] z = layer.z();
        double[][] a = layer.a();
        double[][] ones = Plain.map(z, z, (one, same) -> 1);
        double[][] activated = Slopes.activate(g, z);
        slopes.add(new Slope(null, Slopes.backward(g, z, activated, ones)));
        if (Plain.largest(Plain.map(a, activated, (one, two) -> one - two)) > 0) {
            slopes.add(new Slope(null, Slopes.backward(g, z, a, ones))); // whoever got a wrong may read it or z
        }
        slopes.add(new Slope(Mistake.MISSING_SLOPE, ones));
        slopes.add(new Slope(Mistake.SLOPE_OF_ACTIVATION, Slopes.backward(g, a, Slopes.activate(g, a), ones)));
        if (g instanceof Activation.Sigmoid || g instanceof Activation.Tanh) {
            slopes.add(new Slope(Mistake.SLOPE_OF_PRE_ACTIVATION, Slopes.backward(g, z, z, ones)));
        } else if (g instanceof Activation.Elu elu) {
            slopes.add(new Slope(
                    Mistake.SLOPE_OF_PRE_ACTIVATION, Plain.map(z, z, (one, same) -> one > 0 ? 1 : one + elu.alpha())));
        }
        return slopes;
    }

    private record Slope(@Nullable Mistake mistake, double[][] factors) {}

    /// delta from dJ/da, the right one first. Scales are left to others.
    List<Variant> delta(int l, double[][] gradient) {
        LayerPass layer = trace.layer(l);
        List<Variant> variants = new ArrayList<>();
        for (Slope slope : slopes.get(l)) {
            double[][] delta = Plain.product(gradient, slope.factors);
            variants.add(slope.mistake == null ? Variant.right(delta) : Variant.of(slope.mistake, delta));
        }
        if (variants.isEmpty()) {
            variants.add(Variant.right(layer.delta(gradient)));
        }
        if (layer.activation() instanceof Activation.Softmax) {
            variants.add(Variant.of(Mistake.MISSING_SLOPE, gradient));
            variants.add(Variant.of(
                    Mistake.SOFTMAX_DIAGONAL,
                    Plain.product(gradient, Plain.map(layer.a(), layer.a(), (a, same) -> a * (1 - a)))));
        }
        if (l == trace.size() - 1) {
            addFused(gradient, variants);
        }
        return variants;
    }

    /// Losses that make probabilities of the output themselves.
    private void addFused(double[][] gradient, List<Variant> variants) {
        boolean softmax = trace.loss() instanceof Loss.SoftmaxCrossEntropy;
        if (!softmax && !(trace.loss() instanceof Loss.BinaryCrossEntropy)) {
            return;
        }
        double[][] p = trace.probabilities();
        variants.add(Variant.of(
                Mistake.SLOPE_OF_FUSED_LOSS, Plain.product(gradient, Plain.map(p, p, (one, same) -> one * (1 - one)))));
        if (softmax) {
            variants.add(
                    Variant.of(Mistake.SLOPE_OF_FUSED_LOSS, Slopes.backward(new Activation.Softmax(), p, p, gradient)));
        }
        double[][] difference = Plain.map(p, trace.targets(), (one, y) -> one - y);
        double scale = Plain.norm(gradient) / Plain.norm(difference);
        if (Double.isFinite(scale)) {
            variants.add(Variant.of(
                    Mistake.RAW_OUTPUT, Plain.map(trace.outputs(), trace.targets(), (z, y) -> scale * (z - y))));
        }
    }

    /// dJ/dx from delta, the right one first; a residual block's is made where its first layer is done.
    List<Variant> inputGradient(int l, double[][] delta) {
        LayerPass layer = trace.layer(l);
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.right(layer.inputGradient(delta)));
        switch (layer.place().layer()) {
            case LayerSpec.Dense dense -> {
                double[][] weights = layer.requireWeights();
                if (weights.length == weights[0].length && weights.length > 1) {
                    variants.add(Variant.of(Mistake.TRANSPOSED_WEIGHTS, Plain.times(delta, Plain.transpose(weights))));
                }
                if (update != null) {
                    double[][] after = update.after(l, weights, layer.weightGradient(delta, layer.paired()));
                    variants.add(Variant.of(Mistake.STALE_WEIGHTS, Plain.times(delta, after)));
                }
            }
            case LayerSpec.Dropout dropout -> variants.add(Variant.of(Mistake.MISSING_MASK, delta));
            case LayerSpec.BatchNormalization spec ->
                variants.add(Variant.of(Mistake.CONSTANT_STATISTICS, layer.inputGradientAtConstantStatistics(delta)));
            case LayerSpec.Residual residual -> {}
        }
        return variants;
    }

    /// Arrays of this shape, or of its transpose, that take the place of dW; the right one first.
    List<Variant> weightGradient(int l, double[][] gradient, double[][] delta, int rows, int columns) {
        LayerPass layer = trace.layer(l);
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.right(layer.weightGradient(delta, layer.paired())));
        if (!(layer.activation() instanceof Activation.Identity)) {
            variants.add(Variant.of(Mistake.MISSING_SLOPE, layer.weightGradient(gradient, layer.paired())));
        }
        if (layer.place().layer() instanceof LayerSpec.Dense) {
            addPaired(Mistake.ACTIVATION_OF_THIS_LAYER, layer, delta, layer.a(), rows, columns, variants);
            if (l > 0) {
                addPaired(
                        Mistake.PRE_ACTIVATION_INPUT,
                        layer,
                        delta,
                        trace.layer(l - 1).z(),
                        rows,
                        columns,
                        variants);
            }
            for (LayerPass other : trace.layers()) {
                int k = other.place().index();
                if (k != l && k != l + 1 && other.x() != layer.x()) {
                    addPaired(Mistake.INPUT_OF_ANOTHER_LAYER, layer, delta, other.x(), rows, columns, variants);
                }
            }
        }
        int last = delta.length - 1;
        if (last > 0) {
            variants.add(Variant.of(Mistake.FIRST_ROW, row(layer, delta, 0)));
            variants.add(Variant.of(Mistake.LAST_ROW, row(layer, delta, last)));
        }
        return variants;
    }

    private static double[][] row(LayerPass layer, double[][] delta, int row) {
        return layer.weightGradient(new double[][] {delta[row]}, new double[][] {layer.paired()[row]});
    }

    private static void addPaired(
            Mistake mistake, LayerPass layer, double[][] delta, double[][] x, int rows, int columns, List<Variant> to) {
        int units = delta[0].length;
        int width = x[0].length;
        if ((rows == units && columns == width) || (rows == width && columns == units)) {
            to.add(Variant.of(mistake, layer.weightGradient(delta, x)));
        }
    }

    /// What takes the place of db, in any shape; the right one first.
    List<Variant> biasGradient(int l, double[][] gradient, double[][] delta) {
        List<Variant> variants = new ArrayList<>();
        double[][] sum = Plain.sumRows(delta);
        variants.add(Variant.right(sum));
        if (!(trace.layer(l).activation() instanceof Activation.Identity)) {
            variants.add(Variant.of(Mistake.MISSING_SLOPE, Plain.sumRows(gradient)));
        }
        if (delta.length > 1) {
            variants.add(Variant.of(Mistake.NOT_SUMMED, delta));
            variants.add(Variant.of(Mistake.FIRST_ROW, new double[][] {delta[0]}));
            variants.add(Variant.of(Mistake.LAST_ROW, new double[][] {delta[delta.length - 1]}));
        }
        if (sum[0].length > 1) {
            double[][] sums = Plain.sumRows(Plain.transpose(delta));
            double[][] all = Plain.sumRows(Plain.transpose(sum));
            variants.add(Variant.of(Mistake.SUMMED_OVER_UNITS, sums));
            variants.add(Variant.of(Mistake.SUMMED_OVER_UNITS, Plain.transpose(sums)));
            variants.add(Variant.of(Mistake.SUMMED_OVER_UNITS, all));
            variants.add(Variant.of(Mistake.SUMMED_OVER_UNITS, Plain.map(sum, sum, (one, same) -> all[0][0])));
        }
        return variants;
    }
}
