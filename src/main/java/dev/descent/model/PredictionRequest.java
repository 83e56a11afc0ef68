package dev.descent.model;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rows to predict.
record PredictionRequest(
        @Schema(description = "Each an object from column to value, or a list of values in the order of the columns")
        List<JsonNode> rows,

        @Schema(description = "What to show beside each answer") @Nullable
        List<Include> include) {

    Set<Include> included() {
        return include == null ? Set.of() : Set.copyOf(include);
    }
}
