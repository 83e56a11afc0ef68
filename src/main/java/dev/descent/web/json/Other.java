package dev.descent.web.json;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;

/// A type that is none of ours, such as an `Instant`: Jackson reads it, we say where.
record Other(Type type) implements Binding {

    @Override
    public String expected() {
        return type instanceof Class<?> raw ? "of the kind " + raw.getSimpleName() : "of its kind";
    }

    @Override
    public @Nullable Object read(JsonNode node, Place place, Reading reading) {
        DeserializationContext context = reading.context();
        try {
            return context.readTreeAsValue(node, context.constructType(type));
        } catch (InvalidDocument inner) {
            reading.adopt(place, inner);
        } catch (JacksonException e) {
            reading.wrongType(place, expected(), node);
        }
        return null;
    }
}
