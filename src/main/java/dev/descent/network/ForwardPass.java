package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What n rows become in every layer of a network.
record ForwardPass(List<ForwardLayer> layers) {

    /// @param weights W (units x in)
    /// @param biases b (units)
    /// @param preActivation z = x W^T + b (n x units)
    /// @param activation a = g(z) (n x units), the next layer's x
    /// @param reason which of these hold numbers that are not finite, written as null; null where all are
    record ForwardLayer(
            String type,
            double[][] weights,
            double @Nullable [] biases,
            double[][] preActivation,
            double[][] activation,
            @Nullable String reason) {

        private static ForwardLayer of(Layer layer) {
            Parameter biases = layer.biases();
            return new ForwardLayer(
                    "dense",
                    layer.weights().value().toRows(),
                    biases == null ? null : biases.value().toRows()[0],
                    layer.preActivation().toRows(),
                    layer.activation().toRows(),
                    new NonFinite()
                            .see("preActivation", layer.preActivation())
                            .see("activation", layer.activation())
                            .reason());
        }
    }

    static ForwardPass of(NetworkSpec spec, ForwardRequest request) {
        double[][] inputs = request.inputs();
        Batch.requireInputs(spec, inputs);
        Effort.requireAnswerable(inputs.length, Effort.numbersPerRow(spec, 0, 2), spec.parameters(), 1);
        try (Network network = request.start().network(spec, inputs.length)) {
            network.forward(Matrix.of(Precision.FLOAT64, inputs));
            return new ForwardPass(
                    network.layers().stream().map(ForwardLayer::of).toList());
        }
    }
}
