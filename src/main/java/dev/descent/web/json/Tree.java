package dev.descent.web.json;

import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads a value as a tree, and refuses what JSON's grammar lets pass but no text or number of ours can be: half a
/// character, a NUL, a number beyond every float64.
final class Tree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Digits of an exponent past which a number is nobody's measurement.
    private static final int LONGEST_EXPONENT = 5;

    private final JsonParser parser;
    private final Reading reading;

    private Tree(JsonParser parser, Reading reading) {
        this.parser = parser;
        this.reading = reading;
    }

    /// Reads the value that starts at the parser's current token.
    static JsonNode read(JsonParser parser, Place place, Reading reading) {
        return new Tree(parser, reading).value(place);
    }

    private JsonNode value(Place place) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_STRING -> NODES.stringNode(text(parser.getString(), place));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal(place);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + parser.currentToken());
        };
    }

    private ObjectNode object(Place place) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Place child = place.property(name);
            text(name, child);
            parser.nextToken();
            object.set(name, value(child));
        }
        return object;
    }

    private ArrayNode array(Place place) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(place.element(array.size())));
        }
        return array;
    }

    private JsonNode integer() {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> (JsonNode) NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal(Place place) {
        String text = parser.getString();
        if (exponentDigits(text) > LONGEST_EXPONENT) {
            reading.malformed(place, "out-of-range", place.subject() + " has an exponent that no number has", null);
            return NODES.numberNode(0.0);
        }
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            reading.refused(
                    place,
                    "non-finite",
                    place.subject() + " must be a finite number; " + text + " is beyond the largest, about 1.8e308",
                    NODES.stringNode(text),
                    List.of());
            return NODES.numberNode(0.0);
        }
        return NODES.numberNode(value);
    }

    private static int exponentDigits(String number) {
        int exponent = number.toLowerCase(Locale.ROOT).indexOf('e');
        return exponent < 0 ? 0 : number.length() - exponent - 1;
    }

    private String text(String text, Place place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                reading.malformed(
                        place, "nul-character", place.subject() + " must not hold the character U+0000", null);
                return "";
            }
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                reading.malformed(place, "lone-surrogate", place.subject() + " holds half a surrogate pair", null);
                return "";
            }
            i++;
        }
        return text;
    }
}
