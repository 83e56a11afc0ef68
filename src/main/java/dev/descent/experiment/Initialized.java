package dev.descent.experiment;

import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import java.util.List;
import java.util.function.Function;

/// Networks whose dense layers draw their weights in another way.
final class Initialized {

    private Initialized() {}

    static NetworkSpec by(Initializer weights, NetworkSpec network) {
        return new NetworkSpec(
                network.inputs(), layers(network.layers(), dense -> with(dense, weights, dense.biasInitializer())));
    }

    /// What computes, however its weights begin: equal for networks that differ in initializers only.
    static NetworkSpec plain(NetworkSpec network) {
        return new NetworkSpec(
                network.inputs(),
                layers(network.layers(), dense -> with(dense, new Initializer.Zeros(), new Initializer.Zeros())));
    }

    private static LayerSpec with(LayerSpec.Dense dense, Initializer weights, Initializer biases) {
        return new LayerSpec.Dense(dense.units(), dense.activation(), dense.bias(), weights, biases);
    }

    private static List<LayerSpec> layers(List<LayerSpec> layers, Function<LayerSpec.Dense, LayerSpec> change) {
        return layers.stream().map(layer -> layer(layer, change)).toList();
    }

    private static LayerSpec layer(LayerSpec layer, Function<LayerSpec.Dense, LayerSpec> change) {
        return switch (layer) {
            case LayerSpec.Dense dense -> change.apply(dense);
            case LayerSpec.Residual residual ->
                new LayerSpec.Residual(layers(residual.layers(), change), residual.activation());
            case LayerSpec.Dropout dropout -> dropout;
            case LayerSpec.BatchNormalization normalization -> normalization;
        };
    }
}
