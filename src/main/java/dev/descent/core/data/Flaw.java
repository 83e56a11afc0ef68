package dev.descent.core.data;

import org.jspecify.annotations.Nullable;

/// One thing that keeps a text from being a table.
///
/// @param code a stable kebab-case word that a client may test for
/// @param line of the text, counted from 1; of a record of several lines, the first
/// @param column of the table, counted from 1
/// @param part which of several files it is about
public record Flaw(
        String code,
        String message,
        @Nullable Long line,
        @Nullable Integer column,
        @Nullable String part) {

    public Flaw(String code, String message) {
        this(code, message, null, null, null);
    }

    public Flaw(String code, String message, @Nullable Long line, @Nullable Integer column) {
        this(code, message, line, column, null);
    }

    /// A flaw of one of several files, whose name the message begins with.
    public static Flaw in(String part, String code, String message) {
        return new Flaw(code, part + ": " + message, null, null, part);
    }
}
