package dev.descent.core.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of one layer as plain numbers: `weights` (out x in), `biases` (out), null where the layer has none.
///
/// Holds its arrays as given; treat them as read-only.
public record LayerWeights(double[][] weights, double @Nullable [] biases) {

    /// The rows of W as lists, for printing.
    public List<List<Double>> rows() {
        return java.util.Arrays.stream(weights)
                .map(row -> java.util.Arrays.stream(row).boxed().toList())
                .toList();
    }
}
