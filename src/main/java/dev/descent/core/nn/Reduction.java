package dev.descent.core.nn;

/// What becomes of the terms of a loss: their mean or their sum.
public enum Reduction {
    MEAN,
    SUM
}
