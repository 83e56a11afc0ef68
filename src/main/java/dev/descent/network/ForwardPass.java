package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What n rows become in every layer of a network.
record ForwardPass(List<ForwardLayer> layers) {

    record ForwardLayer(
            @Schema(description = "Which layer of the description this is; those of a residual block come before it")
            String pointer,

            String type,

            @Schema(description = "W (units x in) of a dense layer, gamma (1 x units) of a batch normalisation")
            double @Nullable [][] weights,

            @Schema(description = "b, or beta (units)") double @Nullable [] biases,

            @Schema(description = "z (n x units); x W^T + b in a dense layer")
            double[][] preActivation,

            @Schema(description = "a = g(z) (n x units), the next layer's x")
            double[][] activation,

            @Schema(
                    description =
                            "Which of these hold numbers that are not finite, written as null; null where all are")
            @Nullable
            String reason) {

        private static ForwardLayer of(Layer layer) {
            Parameter weights = layer.weights();
            Parameter biases = layer.biases();
            return new ForwardLayer(
                    layer.place().pointer(),
                    kindOf(layer),
                    weights == null ? null : weights.value().toRows(),
                    biases == null ? null : biases.value().toRows()[0],
                    layer.preActivation().toRows(),
                    layer.activation().toRows(),
                    new NonFinite()
                            .see("preActivation", layer.preActivation())
                            .see("activation", layer.activation())
                            .reason());
        }
    }

    /// What the layer's kind is called in a description.
    static String kindOf(Layer layer) {
        return switch (layer.place().layer()) {
            case LayerSpec.Dense dense -> "dense";
            case LayerSpec.Dropout dropout -> "dropout";
            case LayerSpec.BatchNormalization normalization -> "batchNormalization";
            case LayerSpec.Residual residual -> "residual";
        };
    }

    static ForwardPass of(NetworkSpec spec, ForwardRequest request) {
        double[][] inputs = request.inputs();
        Batch.requireInputs(spec, inputs);
        Effort.requireAnswerable(inputs.length, Effort.numbersPerRow(spec, 0, 2), spec.parameters(), 1);
        try (Network network =
                request.start().network(spec, inputs.length, request.start().random())) {
            network.forward(Matrix.of(Precision.FLOAT64, inputs));
            return new ForwardPass(
                    network.layers().stream().map(ForwardLayer::of).toList());
        }
    }
}
