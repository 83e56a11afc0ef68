package dev.descent.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rows to predict, each an object from column to value, or a list of values in the order of the model's columns.
record PredictionRequest(List<JsonNode> rows, @Nullable List<Include> include) {

    Set<Include> included() {
        return include == null ? Set.of() : Set.copyOf(include);
    }
}
