package dev.descent.core.nn;

import dev.descent.core.InvalidSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of one layer as plain numbers: `weights` (out x in), `biases` (out), null where the layer has none.
///
/// Holds its arrays as given; treat them as read-only.
public record LayerWeights(double[][] weights, double @Nullable [] biases) {

    /// Refuses weights that are not those of a network of this shape; pointers are relative to the list.
    public static void requireFit(NetworkSpec spec, List<LayerWeights> given) {
        if (given.size() != spec.layers().size()) {
            throw new InvalidSpec(
                    "",
                    "shape",
                    "weights are needed for " + spec.layers().size() + " layers, not " + given.size(),
                    given.size());
        }
        int inputs = spec.inputs();
        for (int i = 0; i < given.size(); i++) {
            switch (spec.layers().get(i)) {
                case LayerSpec.Dense dense -> {
                    given.get(i).requireFit("/" + i, dense, inputs);
                    inputs = dense.units();
                }
            }
        }
    }

    private void requireFit(String pointer, LayerSpec.Dense dense, int inputs) {
        requireLength(pointer + "/weights", "rows, one a unit,", weights.length, dense.units());
        for (int i = 0; i < weights.length; i++) {
            requireLength(pointer + "/weights/" + i, "entries, one an input,", weights[i].length, inputs);
            requireFinite(pointer + "/weights/" + i, weights[i]);
        }
        if (dense.bias() != (biases != null)) {
            throw new InvalidSpec(
                    pointer + "/biases",
                    "shape",
                    dense.bias() ? "this layer has biases: give " + dense.units() : "this layer has no biases");
        }
        if (biases != null) {
            requireLength(pointer + "/biases", "entries, one a unit,", biases.length, dense.units());
            requireFinite(pointer + "/biases", biases);
        }
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
}
