package dev.descent.web.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Maps from names to values, from JSON objects; in the order of the document.
record Dictionary(Slot value) implements Binding {

    @Override
    public String expected() {
        return "an object";
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        if (!node.isObject()) {
            reading.wrongType(place, expected(), node);
            return null;
        }
        int before = reading.count();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (reading.isFull()) {
                return null;
            }
            Place child = place.property(property.getKey());
            values.put(property.getKey(), value.read(property.getValue(), child, reading));
        }
        return reading.count() > before ? null : Collections.unmodifiableMap(values);
    }
}
