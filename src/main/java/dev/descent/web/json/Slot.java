package dev.descent.web.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A place for a value, and whether it may be empty.
record Slot(Binding binding, boolean nullable) {

    @Nullable
    Object read(JsonNode node, Place place, Reading reading) {
        if (!node.isNull()) {
            return binding.read(node, place, reading);
        }
        if (!nullable) {
            String message = place.subject() + " must be " + binding.expected() + ", not null";
            reading.refused(place, "required", message, null, binding.allowed());
        }
        return null;
    }
}
