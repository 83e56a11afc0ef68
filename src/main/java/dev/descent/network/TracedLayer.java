package dev.descent.network;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer with everything a pass forward and back left in it, for n rows.
///
/// @param input x (n x in)
/// @param weights W (units x in)
/// @param biases b (units)
/// @param preActivation z = x W^T + b (n x units)
/// @param activation a = g(z) (n x units)
/// @param delta dJ/dz (n x units)
/// @param weightGradient dJ/dW = delta^T x (units x in)
/// @param biasGradient dJ/db, the sum of delta's rows (units)
/// @param inputGradient dJ/dx = delta W (n x in)
/// @param reason which of these hold numbers that are not finite, written as null; null where all are
public record TracedLayer(
        String type,
        double[][] input,
        double[][] weights,
        double @Nullable [] biases,
        double[][] preActivation,
        double[][] activation,
        double[][] delta,
        double[][] weightGradient,
        double @Nullable [] biasGradient,
        double[][] inputGradient,
        @Nullable String reason) {

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
