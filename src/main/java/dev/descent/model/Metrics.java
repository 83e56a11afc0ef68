package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How good a model is on the parts of its dataset; null for a part without rows.
public record Metrics(
        Part training, @Nullable Part validation, @Nullable Part test) {

    /// @param loss the objective over these rows, each with its sample weight; null when it is not a finite number
    /// @param accuracy share of rows whose class is right, every row counted once; null for a regression
    /// @param r2 coefficient of determination, on the target's own scale, every row counted once; null for a
    ///     classification, or where the target does not vary
    /// @param targets of a model with several targets, what the others are of a single one; null for one target
    public record Part(
            long rows,
            @Nullable Double loss,
            @Nullable Double accuracy,
            @Nullable Double r2,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<OfTarget> targets) {

        public Part(long rows, @Nullable Double loss, @Nullable Double accuracy, @Nullable Double r2) {
            this(rows, loss, accuracy, r2, null);
        }
    }

    /// Accuracy or r2, as in [Part], of one of several targets.
    @Schema(name = "TargetMeasures")
    public record OfTarget(
            String target,
            @Nullable Double accuracy,
            @Nullable Double r2) {}
}
