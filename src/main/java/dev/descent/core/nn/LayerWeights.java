package dev.descent.core.nn;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What training leaves in one layer, as plain numbers; a part that the layer does not have is null.
///
/// In a list there is one for each layer in the order of computation: the layers inside a residual block, then the
/// block itself, which has nothing. Holds its arrays as given; treat them as read-only.
///
/// @param weights W (units x inputs) of a dense layer, gamma (1 x units) of a batch normalisation
/// @param biases b, or beta (units)
/// @param runningMean of a batch normalisation (units)
/// @param runningVariance of a batch normalisation (units)
public record LayerWeights(
        double @Nullable [][] weights,
        double @Nullable [] biases,
        double @Nullable [] runningMean,
        double @Nullable [] runningVariance) {

    /// Of a layer without running statistics.
    public LayerWeights(double @Nullable [][] weights, double @Nullable [] biases) {
        this(weights, biases, null, null);
    }

    static LayerWeights valuesOf(Layer layer) {
        Parameter weights = layer.weights();
        Parameter biases = layer.biases();
        List<Matrix> statistics = layer.statistics();
        return new LayerWeights(
                weights == null ? null : weights.value().toRows(),
                biases == null ? null : biases.value().toRows()[0],
                statistics.isEmpty() ? null : statistics.get(0).toRows()[0],
                statistics.isEmpty() ? null : statistics.get(1).toRows()[0]);
    }

    static LayerWeights gradientsOf(Layer layer) {
        Parameter weights = layer.weights();
        Parameter biases = layer.biases();
        return new LayerWeights(
                weights == null ? null : weights.gradient().toRows(),
                biases == null ? null : biases.gradient().toRows()[0]);
    }

    /// Copies these numbers, which must fit, into `layer`. Running statistics that are not given stay 0 and 1.
    void load(Layer layer) {
        Parameter to = layer.weights();
        if (to != null && weights != null) {
            copy(weights, to.value());
        }
        to = layer.biases();
        if (to != null && biases != null) {
            copy(new double[][] {biases}, to.value());
        }
        if (layer instanceof BatchNormalizationLayer) {
            int units = layer.place().units();
            copy(
                    new double[][] {runningMean == null ? filled(units, 0) : runningMean},
                    layer.statistics().get(0));
            copy(
                    new double[][] {runningVariance == null ? filled(units, 1) : runningVariance},
                    layer.statistics().get(1));
        }
    }

    /// Refuses weights that are not those of a network of this shape; pointers are relative to the list.
    public static void requireFit(NetworkSpec spec, List<LayerWeights> given) {
        List<PlacedLayer> layers = spec.placedLayers();
        if (given.size() != layers.size()) {
            throw new InvalidSpec(
                    "",
                    "shape",
                    "weights are needed for " + layers.size() + " layers, not " + given.size(),
                    given.size());
        }
        for (int i = 0; i < given.size(); i++) {
            given.get(i).requireFit("/" + i, layers.get(i));
        }
    }

    private void requireFit(String pointer, PlacedLayer layer) {
        requirePresence(pointer + "/weights", "weights", weights != null, layer.weightRows() > 0);
        if (weights != null) {
            requireLength(pointer + "/weights", "rows", weights.length, layer.weightRows());
            for (int i = 0; i < weights.length; i++) {
                requireLength(pointer + "/weights/" + i, "entries", weights[i].length, layer.weightColumns());
                requireFinite(pointer + "/weights/" + i, weights[i]);
            }
        }
        requirePresence(pointer + "/biases", "biases", biases != null, layer.biases() > 0);
        if (biases != null) {
            requireVector(pointer + "/biases", biases, layer.biases());
        }
        boolean normalizes = layer.layer() instanceof LayerSpec.BatchNormalization;
        if (runningMean != null) {
            requirePresence(pointer + "/runningMean", "running mean", true, normalizes);
            requireVector(pointer + "/runningMean", runningMean, layer.units());
        }
        if (runningVariance != null) {
            requirePresence(pointer + "/runningVariance", "running variance", true, normalizes);
            requireVector(pointer + "/runningVariance", runningVariance, layer.units());
            requireNotNegative(pointer + "/runningVariance", runningVariance);
        }
    }

    /// Refuses what is there and should not be, or the reverse.
    private static void requirePresence(String pointer, String what, boolean given, boolean wanted) {
        if (given != wanted) {
            throw new InvalidSpec(
                    pointer, "shape", wanted ? "this layer has " + what + ": give them" : "this layer has no " + what);
        }
    }

    private static void requireVector(String pointer, double[] values, int expected) {
        requireLength(pointer, "entries, one a unit,", values.length, expected);
        requireFinite(pointer, values);
    }

    private static void requireLength(String pointer, String what, int found, int expected) {
        if (found != expected) {
            throw new InvalidSpec(pointer, "shape", expected + " " + what + " are needed, not " + found, found);
        }
    }

    private static void requireFinite(String pointer, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new InvalidSpec(pointer + "/" + i, "non-finite", "a weight must be a finite number", values[i]);
            }
        }
    }

    private static void requireNotNegative(String pointer, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new InvalidSpec(pointer + "/" + i, "out-of-range", "a variance must be at least 0", values[i]);
            }
        }
    }

    private static double[] filled(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    private static void copy(double[][] rows, Matrix target) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                target.set(i, j, rows[i][j]);
            }
        }
    }
}
