package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.List;

/// A layer of a network with its place in it. The layers of a residual block stand before the block itself, which
/// completes them: the order in which a pass computes them.
///
/// @param index counted from 0 in that order
/// @param pointer where the layer stands in the network's description, `/layers/2/layers/0`
/// @param inputs values that a row brings
/// @param units values that a row leaves with
public record PlacedLayer(int index, String pointer, LayerSpec layer, int inputs, int units) {

    /// All layers of a network.
    static List<PlacedLayer> of(int inputs, List<LayerSpec> layers) {
        List<PlacedLayer> placed = new ArrayList<>();
        place(inputs, layers, "/layers/", placed);
        return List.copyOf(placed);
    }

    private static int place(int inputs, List<LayerSpec> layers, String path, List<PlacedLayer> placed) {
        int width = inputs;
        for (int i = 0; i < layers.size(); i++) {
            String pointer = path + i;
            int units = switch (layers.get(i)) {
                case LayerSpec.Dense dense -> dense.units();
                case LayerSpec.Dropout dropout -> width;
                case LayerSpec.BatchNormalization normalization -> width;
                case LayerSpec.Residual residual -> place(width, residual.layers(), pointer + "/layers/", placed);
            };
            placed.add(new PlacedLayer(placed.size(), pointer, layers.get(i), width, units));
            width = units;
        }
        return width;
    }

    /// Rows of the layer's weights: units of a dense layer, 1 for gamma; 0 where there are none.
    public int weightRows() {
        return switch (layer) {
            case LayerSpec.Dense dense -> dense.units();
            case LayerSpec.BatchNormalization normalization -> 1;
            case LayerSpec.Dropout dropout -> 0;
            case LayerSpec.Residual residual -> 0;
        };
    }

    /// Columns of the layer's weights: inputs of a dense layer, units for gamma; 0 where there are none.
    public int weightColumns() {
        return switch (layer) {
            case LayerSpec.Dense dense -> inputs;
            case LayerSpec.BatchNormalization normalization -> units;
            case LayerSpec.Dropout dropout -> 0;
            case LayerSpec.Residual residual -> 0;
        };
    }

    public long weights() {
        return (long) weightRows() * weightColumns();
    }

    /// The number of biases; beta counts as such.
    public int biases() {
        return switch (layer) {
            case LayerSpec.Dense dense -> dense.bias() ? units : 0;
            case LayerSpec.BatchNormalization normalization -> units;
            case LayerSpec.Dropout dropout -> 0;
            case LayerSpec.Residual residual -> 0;
        };
    }

    public long parameters() {
        return weights() + biases();
    }

    /// Numbers that belong to a trained layer without being trained: running mean and variance.
    public long statistics() {
        return layer instanceof LayerSpec.BatchNormalization ? 2L * units : 0;
    }

    /// Numbers that the layer keeps for each row of a batch: z, a where it differs, delta, and what its kind adds.
    public long numbersPerRow() {
        int shared = layer.activation() instanceof Activation.Identity ? 2 : 3;
        return switch (layer) {
            case LayerSpec.Dense dense -> (long) shared * units;
            case LayerSpec.Residual residual -> (long) shared * units;
            case LayerSpec.Dropout dropout -> (shared + 1L) * units;
            case LayerSpec.BatchNormalization normalization -> (shared + 1L) * units;
        };
    }
}
