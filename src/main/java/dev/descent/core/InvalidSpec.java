package dev.descent.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that cannot be: where it stands, what was wrong, and what would be right.
///
/// `pointer` is a JSON Pointer relative to the value under construction (`/units`; empty for the value itself), so that
/// whoever reads the value from a larger document can put its own path in front with [#within].
public final class InvalidSpec extends IllegalArgumentException {

    private final String pointer;
    private final String code;
    private final @Nullable Object value;
    private final List<String> allowed;

    /// `code` is a stable kebab-case word that a client may test for, such as `out-of-range`.
    public InvalidSpec(String pointer, String code, String message, @Nullable Object value, List<String> allowed) {
        super(message);
        this.pointer = pointer;
        this.code = code;
        this.value = value;
        this.allowed = List.copyOf(allowed);
    }

    public InvalidSpec(String pointer, String code, String message, @Nullable Object value) {
        this(pointer, code, message, value, List.of());
    }

    public InvalidSpec(String pointer, String code, String message) {
        this(pointer, code, message, null, List.of());
    }

    /// The same complaint, seen from the document that holds this value at `prefix`.
    public InvalidSpec within(String prefix) {
        return new InvalidSpec(prefix + pointer, code, message(), value, allowed);
    }

    public String pointer() {
        return pointer;
    }

    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public @Nullable Object value() {
        return value;
    }

    public List<String> allowed() {
        return allowed;
    }
}
