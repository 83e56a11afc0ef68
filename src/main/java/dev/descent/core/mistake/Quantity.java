package dev.descent.core.mistake;

/// What is computed in a layer, in the order of a pass forward and back.
public enum Quantity {
    PRE_ACTIVATION("z"),
    ACTIVATION("a"),
    LOSS("the loss"),
    DELTA("delta"),
    WEIGHT_GRADIENT("dW"),
    BIAS_GRADIENT("db"),
    INPUT_GRADIENT("dx");

    private final String symbol;

    Quantity(String symbol) {
        this.symbol = symbol;
    }

    /// How a lecture writes it.
    public String symbol() {
        return symbol;
    }
}
