package dev.descent.fault;

import dev.descent.core.InvalidSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing wrong with a request.
///
/// @param pointer a JSON Pointer into the body (`/layers/1/units`), `?name` for a query parameter, or a header's name
/// @param code a stable kebab-case word that a client may test for
/// @param value what was found, where it helps and is small
/// @param allowed what would be right, where that can be listed
/// @param line line of an uploaded text, counted from 1
/// @param column column of an uploaded text, counted from 1
public record Violation(
        String pointer,
        String code,
        String message,
        @Nullable Object value,
        List<String> allowed,
        @Nullable Long line,
        @Nullable Integer column) {

    public Violation(String pointer, String code, String message, @Nullable Object value) {
        this(pointer, code, message, value, List.of(), null, null);
    }

    public Violation(String pointer, String code, String message) {
        this(pointer, code, message, null);
    }

    public static Violation of(InvalidSpec invalid) {
        return new Violation(
                invalid.pointer(), invalid.code(), invalid.message(), invalid.value(), invalid.allowed(), null, null);
    }
}
