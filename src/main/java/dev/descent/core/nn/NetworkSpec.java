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
        if (layers.isEmpty() || layers.size() > MAXIMUM_LAYERS) {
            throw new InvalidSpec(
                    "/layers",
                    "out-of-range",
                    "a network has between 1 and " + MAXIMUM_LAYERS + " layers",
                    layers.size());
        }
        requireSoftmaxLast(layers);
        requireAffordable(inputs, layers);
    }

    /// The number of values in an output row.
    public int outputs() {
        return units(layers.getLast());
    }

    /// The number of weights and biases.
    public long parameters() {
        long count = 0;
        int fanIn = inputs;
        for (LayerSpec layer : layers) {
            count += parameters(fanIn, layer);
            fanIn = units(layer);
        }
        return count;
    }

    /// The activation of the last layer.
    public Activation outputActivation() {
        return switch (layers.getLast()) {
            case LayerSpec.Dense dense -> dense.activation();
        };
    }

    private static int units(LayerSpec layer) {
        return switch (layer) {
            case LayerSpec.Dense dense -> dense.units();
        };
    }

    private static long parameters(int fanIn, LayerSpec layer) {
        return switch (layer) {
            case LayerSpec.Dense dense ->
                Math.multiplyExact((long) dense.units(), fanIn) + (dense.bias() ? dense.units() : 0);
        };
    }

    private static void requireSoftmaxLast(List<LayerSpec> layers) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof LayerSpec.Dense dense && dense.activation() instanceof Activation.Softmax) {
                String pointer = "/layers/" + i + "/activation";
                if (i < layers.size() - 1) {
                    throw new InvalidSpec(
                            pointer,
                            "softmax-position",
                            "softmax couples the units of a row: only the last layer may have it",
                            "softmax");
                }
                if (dense.units() == 1) {
                    throw new InvalidSpec(
                            pointer,
                            "softmax-size",
                            "softmax over a single unit is always 1; use sigmoid or more units",
                            "softmax");
                }
            }
        }
    }

    private static void requireAffordable(int inputs, List<LayerSpec> layers) {
        long count = 0;
        int fanIn = inputs;
        for (int i = 0; i < layers.size(); i++) {
            count = Math.addExact(count, parameters(fanIn, layers.get(i)));
            if (count > MAXIMUM_PARAMETERS) {
                throw new InvalidSpec(
                        "/layers/" + i,
                        "network-too-large",
                        "the layers up to here have " + count + " weights and biases; a network may have "
                                + MAXIMUM_PARAMETERS,
                        count);
            }
            fanIn = units(layers.get(i));
        }
    }
}
