package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer with everything a pass forward and back left in it, for n rows.
public record TracedLayer(
        String type,
        @Schema(description = "x (n x in)") double[][] input,
        @Schema(description = "W (units x in)") double[][] weights,
        @Schema(description = "b (units)") double @Nullable [] biases,
        @Schema(description = "z = x W^T + b (n x units)") double[][] preActivation,
        @Schema(description = "a = g(z) (n x units)") double[][] activation,
        @Schema(description = "dJ/dz (n x units)") double[][] delta,

        @Schema(description = "dJ/dW = delta^T x (units x in)")
        double[][] weightGradient,

        @Schema(description = "dJ/db, the sum of delta's rows (units)")
        double @Nullable [] biasGradient,

        @Schema(description = "dJ/dx = delta W (n x in)") double[][] inputGradient,

        @Schema(description = "Which of these hold numbers that are not finite, written as null; null where all are")
        @Nullable
        String reason) {

    /// Every layer of a network after a forward and a backward pass.
    public static List<TracedLayer> of(Network network) {
        List<TracedLayer> layers = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            layers.add(of(network.layers().get(i), network.inputGradient(i)));
        }
        return layers;
    }

    private static TracedLayer of(Layer layer, Matrix inputGradient) {
        Parameter weights = layer.weights();
        Parameter biases = layer.biases();
        NonFinite reason = new NonFinite()
                .see("preActivation", layer.preActivation())
                .see("activation", layer.activation())
                .see("delta", layer.delta())
                .see("weightGradient", weights.gradient())
                .see("biasGradient", biases == null ? null : biases.gradient())
                .see("inputGradient", inputGradient);
        return new TracedLayer(
                "dense",
                layer.input().toRows(),
                weights.value().toRows(),
                biases == null ? null : biases.value().toRows()[0],
                layer.preActivation().toRows(),
                layer.activation().toRows(),
                layer.delta().toRows(),
                weights.gradient().toRows(),
                biases == null ? null : biases.gradient().toRows()[0],
                inputGradient.toRows(),
                reason.reason());
    }
}
