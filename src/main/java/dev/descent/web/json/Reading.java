package dev.descent.web.json;

import dev.descent.core.InvalidSpec;
import dev.descent.fault.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;

/// The complaints about one document while it is read. All are kept up to [#MOST], so that one answer can tell all.
final class Reading {

    private static final int MOST = 20;
    private static final int LONGEST_VALUE = 80;

    private final DeserializationContext context;
    private final List<Violation> violations = new ArrayList<>();
    private int count;
    private boolean malformed;

    Reading(DeserializationContext context) {
        this.context = context;
    }

    DeserializationContext context() {
        return context;
    }

    /// How many complaints there are so far.
    int count() {
        return count;
    }

    /// Whether there are so many that no more are kept; reading on is then of no use.
    boolean isFull() {
        return violations.size() >= MOST;
    }

    /// The value is not what JSON or the type of its place can take.
    void malformed(Place place, String code, String message, @Nullable JsonNode value) {
        malformed = true;
        add(new Violation(place.toString(), code, message, shown(value)));
    }

    void wrongType(Place place, String expected, JsonNode found) {
        malformed(place, "wrong-type", place.subject() + " must be " + expected + ", not " + describe(found), found);
    }

    /// The value is of the right kind, and still cannot be.
    void refused(Place place, String code, String message, @Nullable JsonNode value, List<String> allowed) {
        add(new Violation(place.toString(), code, message, shown(value), allowed, null, null));
    }

    void refused(Place place, InvalidSpec invalid) {
        add(Violation.of(invalid.within(place.toString())));
    }

    /// Takes over the complaints of a reading within this one; their places are relative to `place`.
    void adopt(Place place, InvalidDocument inner) {
        malformed |= inner.malformed();
        for (Violation violation : inner.violations()) {
            add(new Violation(
                    place + violation.pointer(),
                    violation.code(),
                    violation.message(),
                    violation.value(),
                    violation.allowed(),
                    violation.line(),
                    violation.column()));
        }
    }

    void end(JsonParser parser) {
        if (count > 0) {
            throw new InvalidDocument(parser, malformed, violations);
        }
    }

    private void add(Violation violation) {
        count++;
        if (!isFull()) {
            violations.add(violation);
        }
    }

    static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> node.toString();
            case NUMBER -> "the number " + abridged(node.toString());
            case STRING -> "the text " + abridged(node.toString());
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BINARY, POJO -> "something else";
        };
    }

    private static @Nullable Object shown(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isContainer()) {
            return null;
        }
        return node.isString() ? abridged(node.stringValue()) : node;
    }

    static String abridged(String text) {
        if (text.length() <= LONGEST_VALUE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
        return text.substring(0, end) + "…";
    }
}
