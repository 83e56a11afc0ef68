package dev.descent.web.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A constant of an enum, from its name in any case.
record Constant(Class<?> type) implements Binding {

    @Override
    public String expected() {
        return "one of " + String.join(", ", allowed());
    }

    @Override
    public List<String> allowed() {
        return Constants.namesOf(type);
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        if (!node.isString()) {
            reading.wrongType(place, expected(), node);
            return null;
        }
        Enum<?> constant = Constants.constant(type, node.stringValue());
        if (constant == null) {
            String message = place.subject() + " must be " + expected() + ", not " + Reading.describe(node);
            reading.refused(place, "unknown-value", message, node, allowed());
        }
        return constant;
    }
}
