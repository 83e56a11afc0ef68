package dev.descent.web.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/// Lets Jackson read a type by its [Binding].
final class BoundReader extends ValueDeserializer<Object> {

    private final Binding binding;

    BoundReader(Binding binding) {
        this.binding = binding;
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
        Place place = Place.at(parser.streamReadContext().pathAsPointer().toString());
        var reading = new Reading(context);
        JsonNode node = Tree.read(parser, place, reading);
        reading.end(parser);
        Object value = binding.read(node, place, reading);
        reading.end(parser);
        return value;
    }

    @Override
    public boolean isCachable() {
        return true;
    }
}
