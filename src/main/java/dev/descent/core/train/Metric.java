package dev.descent.core.train;

import dev.descent.core.Formula;

/// What is measured beside the loss.
public enum Metric {
    /// The share of rows whose class is the one that the network thinks most likely.
    @Formula(
            value = "rows whose class is the one thought most likely / rows",
            source = "sklearn.metrics.accuracy_score")
    ACCURACY,
    /// `1 - accuracy`.
    @Formula(value = "1 - accuracy", source = "sklearn.metrics.zero_one_loss")
    ERROR_RATE,
    /// `1 - sum (y - p)^2 / sum (y - mean y)^2`, over all target columns together, each about its own mean.
    @Formula(value = "1 - sum (y - z)^2 / sum (y - mean(y))^2", source = "sklearn.metrics.r2_score (variance_weighted)")
    R2
}
