package dev.descent.training.recording;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/// The parameters of one layer: its place among the network's layers, W (units x inputs), and whether it has biases.
public record LayerShape(int layer, int units, int inputs, boolean bias) {

    /// The shapes of all layers of a network, in order.
    public static List<LayerShape> of(NetworkSpec network) {
        List<LayerShape> shapes = new ArrayList<>();
        int inputs = network.inputs();
        for (LayerSpec layer : network.layers()) {
            switch (layer) {
                case LayerSpec.Dense dense -> {
                    shapes.add(new LayerShape(shapes.size(), dense.units(), inputs, dense.bias()));
                    inputs = dense.units();
                }
            }
        }
        return shapes;
    }

    /// Bytes that one record of this layer takes.
    long width(What what, int bytesPerNumber) {
        return switch (what) {
            case NORMS -> (bias ? 2L : 1L) * Double.BYTES;
            case VALUES -> ((long) units * inputs + (bias ? units : 0)) * bytesPerNumber;
        };
    }
}
