package dev.descent.training.trace;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the matrices of a network's layers are called, and which layer feeds which. Layer l is the l-th
/// in the order of computation, counted from 1.
final class Labels {

    private final Map<String, PlacedLayer> byPointer = new HashMap<>();

    Labels(List<PlacedLayer> layers) {
        layers.forEach(layer -> byPointer.put(layer.pointer(), layer));
    }

    static String of(String symbol, PlacedLayer layer) {
        return symbol + "^{(" + (layer.index() + 1) + ")}";
    }

    /// What goes into the layer: X, or the activation of the layer before.
    String input(PlacedLayer layer) {
        PlacedLayer before = sibling(layer, -1);
        if (before != null) {
            return of("a", before);
        }
        PlacedLayer around = block(layer);
        return around == null ? "X" : input(around);
    }

    /// dJ/da of the layer, from the layers behind it.
    String outputGradient(PlacedLayer layer) {
        PlacedLayer next = sibling(layer, 1);
        if (next != null) {
            return inputGradient(next);
        }
        PlacedLayer around = block(layer);
        return around == null ? "\\frac{\\partial J}{\\partial a}" : of("\\delta", around);
    }

    /// dJ/dx of the layer.
    String inputGradient(PlacedLayer layer) {
        return switch (layer.layer()) {
            case LayerSpec.Dense _ -> of("\\delta", layer) + " " + of("W", layer);
            case LayerSpec.Dropout _ -> of("\\delta", layer) + " \\odot " + of("M", layer);
            case LayerSpec.BatchNormalization _ -> of("D", layer);
            case LayerSpec.Residual _ -> {
                PlacedLayer first = byPointer.get(layer.pointer() + "/layers/0");
                yield of("\\delta", layer) + (first == null ? "" : " + " + inputGradient(first));
            }
        };
    }

    /// The layer whose input gradient is dJ/da of this one; null for the last of the network or of a
    /// block.
    @Nullable
    PlacedLayer next(PlacedLayer layer) {
        return sibling(layer, 1);
    }

    /// The last layer inside a residual block.
    PlacedLayer last(PlacedLayer block, LayerSpec.Residual residual) {
        PlacedLayer last =
                byPointer.get(block.pointer() + "/layers/" + (residual.layers().size() - 1));
        if (last == null) {
            throw new IllegalArgumentException("no layer is inside " + block.pointer());
        }
        return last;
    }

    private @Nullable PlacedLayer sibling(PlacedLayer layer, int by) {
        int slash = layer.pointer().lastIndexOf('/');
        int place = Integer.parseInt(layer.pointer().substring(slash + 1));
        return byPointer.get(layer.pointer().substring(0, slash + 1) + (place + by));
    }

    /// The first entry of a layer's matrix.
    static String first(String symbol, PlacedLayer place) {
        return of(symbol, place) + "_{11}";
    }

    /// The residual block around the layer.
    private @Nullable PlacedLayer block(PlacedLayer layer) {
        int end = layer.pointer().lastIndexOf("/layers/");
        return end <= 0 ? null : byPointer.get(layer.pointer().substring(0, end));
    }
}
