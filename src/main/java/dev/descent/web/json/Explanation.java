package dev.descent.web.json;

import dev.descent.fault.Violation;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/// Says in our words what Jackson itself found wrong with a document.
///
/// Jackson has one exception for several findings, which only their messages tell apart; the tests hold us to them.
final class Explanation {

    /// What Jackson adds for those who configure it: sources, features, byte codes.
    private static final Pattern ASIDE =
            Pattern.compile("\\s*\\((?:not recognized|start marker|for |from \\[).*|: enable `.*");

    private static final String TRAILING = "The body must be one JSON value, with nothing after it";

    private Explanation() {}

    static InvalidDocument of(JacksonException exception) {
        String message = String.valueOf(exception.getOriginalMessage());
        return switch (exception) {
            case StreamConstraintsException limit -> limit(limit, null);
            case UnexpectedEndOfInputException early ->
                malformed(early, "syntax", "The body is not JSON: it ends too early");
            case StreamReadException repeated
            when message.startsWith("Duplicate") ->
                malformed(repeated, "duplicate-key", "The body names a property twice in one object");
            case StreamReadException syntax ->
                malformed(
                        syntax,
                        "syntax",
                        "The body is not JSON: " + ASIDE.matcher(message).replaceFirst(""));
            default ->
                message.startsWith("Trailing token")
                        ? malformed(exception, "trailing-content", TRAILING)
                        : malformed(
                                exception, "wrong-type", "The body does not have the form that this operation takes");
        };
    }

    /// For a document that goes on after its value, at the parser's current token.
    static InvalidDocument trailing(JsonParser parser) {
        var violation = at(parser.currentTokenLocation(), "", "trailing-content", TRAILING);
        return new InvalidDocument(parser, true, List.of(violation));
    }

    /// For a document that holds more than the limits allow; Jackson does not say where, `parser` does.
    static InvalidDocument limit(StreamConstraintsException exception, @Nullable JsonParser parser) {
        String message = String.valueOf(exception.getOriginalMessage());
        String pointer = parser == null ? "" : pointer(parser);
        Violation violation;
        if (message.contains("nesting depth")) {
            violation = new Violation(pointer, "nesting", "The body is nested too deeply; 32 levels are the most");
        } else if (message.startsWith("Number")) {
            violation = new Violation(
                    pointer, "out-of-range", "The body holds a number with too many digits; 100 are the most");
        } else if (message.startsWith("String")) {
            violation = new Violation(
                    pointer, "text-too-long", "The body holds a text that is too long; 65536 characters are the most");
        } else {
            violation = new Violation(
                    pointer, "name-too-long", "The body holds a name that is too long; 1000 characters are the most");
        }
        return new InvalidDocument(parser, true, List.of(violation));
    }

    private static InvalidDocument malformed(JacksonException exception, String code, String message) {
        JsonParser parser = exception.processor() instanceof JsonParser source ? source : null;
        Violation violation = at(exception.getLocation(), pointer(exception, parser), code, message);
        return new InvalidDocument(parser, true, List.of(violation));
    }

    private static Violation at(@Nullable TokenStreamLocation location, String pointer, String code, String message) {
        if (location == null || location.getLineNr() < 1) {
            return new Violation(pointer, code, message);
        }
        int line = location.getLineNr();
        int column = location.getColumnNr();
        String placed = message + " (line " + line + ", column " + column + ")";
        return new Violation(pointer, code, placed, null, List.of(), (long) line, column);
    }

    private static String pointer(JacksonException exception, @Nullable JsonParser parser) {
        if (!exception.getPath().isEmpty()) {
            Place place = Place.at("");
            for (JacksonException.Reference step : exception.getPath()) {
                String name = step.getPropertyName();
                place = name == null ? place.element(step.getIndex()) : place.property(name);
            }
            return place.toString();
        }
        return parser == null ? "" : pointer(parser);
    }

    private static String pointer(JsonParser parser) {
        return parser.streamReadContext().pathAsPointer().toString();
    }
}
