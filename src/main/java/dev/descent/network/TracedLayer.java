package dev.descent.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.BatchNormalizationLayer;
import dev.descent.core.nn.DropoutLayer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer with everything a pass forward and back left in it, for n rows.
public record TracedLayer(
        @Schema(description = "Which layer of the description this is; those of a residual block come before it")
        String pointer,

        String type,
        @Schema(description = "x (n x in)") double[][] input,

        @Schema(description = "W (units x in) of a dense layer, gamma (1 x units) of a batch normalisation")
        double @Nullable [][] weights,

        @Schema(description = "b, or beta (units)") double @Nullable [] biases,

        @Schema(description = "The mean (units) that a batch normalisation subtracted")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        double @Nullable [] mean,

        @Schema(description = "The biased variance (units) that a batch normalisation divided by, without epsilon")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        double @Nullable [] variance,

        @Schema(description = "What a dropout multiplied x by (n x units): 0 or 1 / (1 - rate)")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        double @Nullable [][] mask,

        @Schema(description = "z (n x units); x W^T + b in a dense layer")
        double[][] preActivation,

        @Schema(description = "a = g(z) (n x units)") double[][] activation,
        @Schema(description = "dJ/dz (n x units)") double[][] delta,

        @Schema(description = "dJ/dW (units x in), delta^T x in a dense layer; or dJ/dgamma (1 x units)")
        double @Nullable [][] weightGradient,

        @Schema(description = "dJ/db or dJ/dbeta, the sum of delta's rows (units)")
        double @Nullable [] biasGradient,

        @Schema(description = "dJ/dx (n x in), delta W in a dense layer")
        double[][] inputGradient,

        @Schema(description = "Which of these hold numbers that are not finite, written as null; null where all are")
        @Nullable
        String reason) {

    /// Every layer of a network after a forward and a backward pass.
    public static List<TracedLayer> of(Network network) {
        return network.layers().stream()
                .map(layer -> of(layer, network.inputGradient(layer)))
                .toList();
    }

    private static TracedLayer of(Layer layer, Matrix inputGradient) {
        Parameter weights = layer.weights();
        Parameter biases = layer.biases();
        var normalization = layer instanceof BatchNormalizationLayer kind ? kind : null;
        var dropout = layer instanceof DropoutLayer kind ? kind : null;
        NonFinite reason = new NonFinite()
                .see("preActivation", layer.preActivation())
                .see("activation", layer.activation())
                .see("delta", layer.delta())
                .see("weightGradient", weights == null ? null : weights.gradient())
                .see("biasGradient", biases == null ? null : biases.gradient())
                .see("inputGradient", inputGradient);
        return new TracedLayer(
                layer.place().pointer(),
                ForwardPass.kindOf(layer),
                layer.input().toRows(),
                weights == null ? null : weights.value().toRows(),
                biases == null ? null : biases.value().toRows()[0],
                normalization == null ? null : normalization.mean().toRows()[0],
                normalization == null ? null : normalization.variance().toRows()[0],
                dropout == null || dropout.mask() == null
                        ? null
                        : dropout.mask().toRows(),
                layer.preActivation().toRows(),
                layer.activation().toRows(),
                layer.delta().toRows(),
                weights == null ? null : weights.gradient().toRows(),
                biases == null ? null : biases.gradient().toRows()[0],
                inputGradient.toRows(),
                reason.reason());
    }
}
