package dev.descent.core.train;

import dev.descent.core.Formula;

/// What is measured beside the loss.
public enum Metric {
    /// The share of rows whose class is the one that the network thinks most likely.
    @Formula("rows whose class is the one thought most likely / rows")
    ACCURACY,
    /// `1 - accuracy`.
    @Formula("1 - accuracy")
    ERROR_RATE,
    /// `1 - sum (y - p)^2 / sum (y - mean y)^2`, over all target columns together, each about its own mean.
    @Formula("1 - sum (y - z)^2 / sum (y - mean(y))^2")
    R2
}
