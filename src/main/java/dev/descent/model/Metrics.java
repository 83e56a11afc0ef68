package dev.descent.model;

import org.jspecify.annotations.Nullable;

/// How good a model is on the parts of its dataset; null for a part without rows.
public record Metrics(
        Part training, @Nullable Part validation, @Nullable Part test) {

    /// @param loss the objective over these rows, each with its sample weight; null when it is not a finite number
    /// @param accuracy share of rows whose class is right, every row counted once; null for a regression
    /// @param r2 coefficient of determination, on the target's own scale, every row counted once; null for a
    ///     classification, or where the target does not vary
    public record Part(
            long rows,
            @Nullable Double loss,
            @Nullable Double accuracy,
            @Nullable Double r2) {}
}
