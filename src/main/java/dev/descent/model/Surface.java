package dev.descent.model;

import java.util.List;

/// What a network says at every point of a [Plane].
public sealed interface Surface {

    /// Predicted numbers, on the target's own scale.
    record Numbers(String target, double[] values) implements Surface {}

    /// The most probable class, by its place in `names`, and the share of each, `[class][point]`.
    ///
    /// @param probabilities whether shares are probabilities
    record Classes(String target, List<String> names, int[] labels, double[][] shares, boolean probabilities)
            implements Surface {}

    /// Activations of a layer's units, `[unit][point]`.
    record Units(int layer, List<Integer> units, double[][] values) implements Surface {}
}
