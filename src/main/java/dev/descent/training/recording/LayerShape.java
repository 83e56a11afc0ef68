package dev.descent.training.recording;

import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.PlacedLayer;
import java.util.List;

/// The parameters of one layer: its place among the network's layers, the shape of its weights and how many biases it
/// has.
public record LayerShape(int layer, int rows, int columns, int biases) {

    /// The shapes of all layers of a network that have parameters, in order.
    public static List<LayerShape> of(NetworkSpec network) {
        return network.placedLayers().stream()
                .filter(layer -> layer.parameters() > 0)
                .map(LayerShape::of)
                .toList();
    }

    private static LayerShape of(PlacedLayer layer) {
        return new LayerShape(layer.index(), layer.weightRows(), layer.weightColumns(), layer.biases());
    }

    public long weights() {
        return (long) rows * columns;
    }

    public boolean bias() {
        return biases > 0;
    }

    /// What the activations of all layers are for a batch of `rows` rows, in the order of computation: matrices (rows x
    /// units) without biases.
    public static List<LayerShape> ofActivations(NetworkSpec network, int rows) {
        return network.placedLayers().stream()
                .map(layer -> new LayerShape(layer.index(), rows, layer.units(), 0))
                .toList();
    }

    /// Bytes that one record of this layer takes.
    long width(What what, int bins, int bytesPerNumber) {
        return switch (what) {
            case NORMS -> (bias() ? 2L : 1L) * Double.BYTES;
            case VALUES -> (weights() + biases) * bytesPerNumber;
            case HISTOGRAMS -> (bias() ? 2L : 1L) * Histogram.width(bins);
        };
    }
}
