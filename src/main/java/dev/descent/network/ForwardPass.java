package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What n rows become in every layer of a network.
record ForwardPass(List<ForwardLayer> layers) {

    record ForwardLayer(
            String type,
            @Schema(description = "W (units x in)") double[][] weights,
            @Schema(description = "b (units)") double @Nullable [] biases,

            @Schema(description = "z = x W^T + b (n x units)")
            double[][] preActivation,

            @Schema(description = "a = g(z) (n x units), the next layer's x")
            double[][] activation,

            @Schema(
                    description =
                            "Which of these hold numbers that are not finite, written as null; null where all are")
            @Nullable
            String reason) {

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
