package dev.descent.web.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

/// Lets Jackson read a type by its [Binding].
///
/// A document that does not end where its value ends is not JSON, and that comes before any complaint about the value.
final class BoundReader extends ValueDeserializer<Object> {

    private final Binding binding;

    BoundReader(Binding binding) {
        this.binding = binding;
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
        Place place = Place.at(parser.streamReadContext().pathAsPointer().toString());
        var reading = new Reading(context);
        JsonNode node = tree(parser, place, reading);
        reading.end(parser);
        Object value = binding.read(node, place, reading);
        if (reading.count() > 0 && parser.streamReadContext().inRoot() && parser.nextToken() != null) {
            throw Explanation.trailing(parser);
        }
        reading.end(parser);
        return value;
    }

    private static JsonNode tree(JsonParser parser, Place place, Reading reading) {
        try {
            return Tree.read(parser, place, reading);
        } catch (StreamConstraintsException e) {
            throw Explanation.limit(e, parser);
        }
    }

    @Override
    public boolean isCachable() {
        return true;
    }
}
