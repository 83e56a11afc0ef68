package dev.descent.web.json;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Numbers, truth values and text, each only from its own kind of JSON value: nothing is converted.
enum Scalar implements Binding {
    INT("a whole number") {
        @Override
        public @Nullable Object read(JsonNode node, Place place, Reading reading) {
            return whole(node, place, reading, Integer.MIN_VALUE, Integer.MAX_VALUE) instanceof Long value
                    ? value.intValue()
                    : null;
        }
    },
    LONG("a whole number") {
        @Override
        public @Nullable Object read(JsonNode node, Place place, Reading reading) {
            return whole(node, place, reading, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    },
    DOUBLE("a finite number") {
        @Override
        public @Nullable Object read(JsonNode node, Place place, Reading reading) {
            if (node.isNumber()) {
                return node.doubleValue();
            }
            if (node.isString() && NOT_FINITE.contains(node.stringValue())) {
                reading.refused(place, "non-finite", place.subject() + " must be " + expected(), node, List.of());
            } else {
                reading.wrongType(place, expected(), node);
            }
            return null;
        }
    },
    BOOLEAN("true or false") {
        @Override
        public @Nullable Object read(JsonNode node, Place place, Reading reading) {
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            reading.wrongType(place, expected(), node);
            return null;
        }
    },
    TEXT("text") {
        @Override
        public @Nullable Object read(JsonNode node, Place place, Reading reading) {
            if (node.isString()) {
                return node.stringValue();
            }
            reading.wrongType(place, expected(), node);
            return null;
        }
    };

    /// How languages print numbers that are none; said in text, they are refused as such.
    private static final Set<String> NOT_FINITE =
            Set.of("NaN", "nan", "Infinity", "+Infinity", "-Infinity", "inf", "-inf");

    private final String expected;

    Scalar(String expected) {
        this.expected = expected;
    }

    @Override
    public String expected() {
        return expected;
    }

    private static @Nullable Long whole(JsonNode node, Place place, Reading reading, long minimum, long maximum) {
        if (!node.isIntegralNumber()) {
            reading.wrongType(place, "a whole number", node);
            return null;
        }
        BigInteger value = node.bigIntegerValue();
        if (value.compareTo(BigInteger.valueOf(minimum)) < 0 || value.compareTo(BigInteger.valueOf(maximum)) > 0) {
            String range = "between " + minimum + " and " + maximum;
            reading.malformed(place, "out-of-range", place.subject() + " must be " + range, node);
            return null;
        }
        return value.longValueExact();
    }
}
