package dev.descent.web.json;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Lists and arrays, from JSON arrays.
///
/// @param type the type of an array's elements; null for a [List]
record Sequence(@Nullable Class<?> type, Slot element) implements Binding {

    static Sequence list(Slot element) {
        return new Sequence(null, element);
    }

    static Sequence array(Class<?> type, Slot element) {
        return new Sequence(type, element);
    }

    @Override
    public String expected() {
        return "a list";
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        if (!node.isArray()) {
            reading.wrongType(place, expected(), node);
            return null;
        }
        int before = reading.count();
        List<@Nullable Object> values = new ArrayList<>(node.size());
        for (JsonNode child : node) {
            if (reading.isFull()) {
                return null;
            }
            values.add(element.read(child, place.element(values.size()), reading));
        }
        if (reading.count() > before) {
            return null;
        }
        return type == null ? Collections.unmodifiableList(values) : arrayOf(type, values);
    }

    private static Object arrayOf(Class<?> type, List<@Nullable Object> values) {
        Object array = Array.newInstance(type, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }
}
