package dev.descent.core.nn;

import dev.descent.core.InvalidSpec;
import dev.descent.core.Require;
import java.util.List;

/// A multilayer perceptron, described: how many inputs a row has and the layers it passes through.
public record NetworkSpec(int inputs, List<LayerSpec> layers) {

    public static final int MAXIMUM_LAYERS = 100;
    public static final long MAXIMUM_PARAMETERS = 50_000_000;

    public NetworkSpec {
        Require.between("inputs", inputs, 1, LayerSpec.MAXIMUM_UNITS);
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw numberOfLayers(0);
        }
        List<PlacedLayer> placed = PlacedLayer.of(inputs, layers);
        if (placed.size() > MAXIMUM_LAYERS) {
            throw numberOfLayers(placed.size());
        }
        requireAffordable(placed);
        requireSameWidth(placed);
        requireSoftmaxLast(placed);
        if (layers.getLast() instanceof LayerSpec.Dropout) {
            throw new InvalidSpec(
                    "/layers/" + (layers.size() - 1),
                    "dropout-position",
                    "dropout as the last layer would set outputs to 0; put it before the last dense layer",
                    "dropout");
        }
    }

    /// All layers in the order of computation, those of residual blocks included.
    public List<PlacedLayer> placedLayers() {
        return PlacedLayer.of(inputs, layers);
    }

    /// The number of values in an output row.
    public int outputs() {
        return placedLayers().getLast().units();
    }

    /// The number of weights and biases.
    public long parameters() {
        return placedLayers().stream().mapToLong(PlacedLayer::parameters).sum();
    }

    /// The number of values that make a trained network: weights, biases and running statistics.
    public long storedNumbers() {
        return parameters()
                + placedLayers().stream().mapToLong(PlacedLayer::statistics).sum();
    }

    /// The activation of the last layer.
    public Activation outputActivation() {
        return layers.getLast().activation();
    }

    /// Whether a training step needs at least two rows: statistics of a batch of one are of no use.
    public boolean normalizesBatches() {
        return placedLayers().stream().anyMatch(placed -> placed.layer() instanceof LayerSpec.BatchNormalization);
    }

    private static InvalidSpec numberOfLayers(int found) {
        return new InvalidSpec(
                "/layers",
                "out-of-range",
                "a network has between 1 and " + MAXIMUM_LAYERS + " layers, those of residual blocks included",
                found);
    }

    private static void requireSoftmaxLast(List<PlacedLayer> placed) {
        for (PlacedLayer layer : placed) {
            if (layer.layer().activation() instanceof Activation.Softmax) {
                String pointer = layer.pointer() + "/activation";
                if (layer.index() < placed.size() - 1) {
                    throw new InvalidSpec(
                            pointer,
                            "softmax-position",
                            "softmax couples the units of a row: only the last layer may have it",
                            "softmax");
                }
                if (layer.units() == 1) {
                    throw new InvalidSpec(
                            pointer,
                            "softmax-size",
                            "softmax over a single unit is always 1; use sigmoid or more units",
                            "softmax");
                }
            }
        }
    }

    private static void requireSameWidth(List<PlacedLayer> placed) {
        for (PlacedLayer layer : placed) {
            if (layer.layer() instanceof LayerSpec.Residual && layer.inputs() != layer.units()) {
                throw new InvalidSpec(
                        layer.pointer() + "/layers",
                        "residual-shape",
                        "the layers of a residual block must give as many values as they take, to be added: they take "
                                + layer.inputs() + " and give " + layer.units(),
                        layer.units());
            }
        }
    }

    private static void requireAffordable(List<PlacedLayer> placed) {
        long count = 0;
        for (PlacedLayer layer : placed) {
            count = Math.addExact(count, layer.parameters());
            if (count > MAXIMUM_PARAMETERS) {
                throw new InvalidSpec(
                        layer.pointer(),
                        "network-too-large",
                        "the layers up to here have " + count + " weights and biases; a network may have "
                                + MAXIMUM_PARAMETERS,
                        count);
            }
        }
    }
}
