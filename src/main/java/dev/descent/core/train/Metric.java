package dev.descent.core.train;

/// What is measured beside the loss.
public enum Metric {
    /// The share of rows whose class is the one that the network thinks most likely.
    ACCURACY,
    /// `1 - accuracy`.
    ERROR_RATE,
    /// `1 - sum (y - p)^2 / sum (y - mean y)^2`, over all target columns together, each about its own mean.
    R2
}
