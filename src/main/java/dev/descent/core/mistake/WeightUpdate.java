package dev.descent.core.mistake;

/// What a step makes of a layer's weights: for delta sent back through weights that were updated too
/// early.
public interface WeightUpdate {

    /// The weights after a step with this gradient; both arrays are read only.
    double[][] after(int layer, double[][] weights, double[][] gradient);

    /// Plain gradient descent, `W - rate dW`.
    static WeightUpdate descent(double rate) {
        return (layer, weights, gradient) -> Plain.map(weights, gradient, (w, d) -> w - rate * d);
    }
}
