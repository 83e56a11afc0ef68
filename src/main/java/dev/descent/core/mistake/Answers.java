package dev.descent.core.mistake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody computed of a pass forward and back: any part of it, one entry for each layer in the
/// order of computation. Arrays are rows; a bias gradient is one row, however it was sent.
public record Answers(@Nullable Double loss, List<Layer> layers) {

    /// @param preActivation z (n x units)
    /// @param activation a (n x units)
    /// @param delta dJ/dz (n x units)
    /// @param weightGradient dJ/dW (units x in)
    /// @param biasGradient dJ/db (1 x units)
    /// @param inputGradient dJ/dx (n x in)
    public record Layer(
            double @Nullable [][] preActivation,
            double @Nullable [][] activation,
            double @Nullable [][] delta,
            double @Nullable [][] weightGradient,
            double @Nullable [][] biasGradient,
            double @Nullable [][] inputGradient) {

        public double @Nullable [][] get(Quantity quantity) {
            return switch (quantity) {
                case PRE_ACTIVATION -> preActivation;
                case ACTIVATION -> activation;
                case LOSS -> null;
                case DELTA -> delta;
                case WEIGHT_GRADIENT -> weightGradient;
                case BIAS_GRADIENT -> biasGradient;
                case INPUT_GRADIENT -> inputGradient;
            };
        }
    }

    double @Nullable [][] get(int layer, Quantity quantity) {
        return quantity == Quantity.LOSS && loss != null
                ? new double[][] {{loss}}
                : layers.get(layer).get(quantity);
    }
}
