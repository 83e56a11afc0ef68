package dev.descent.core.data;

import org.jspecify.annotations.Nullable;

/// One thing that keeps a text from being a table.
///
/// @param code a stable kebab-case word that a client may test for
/// @param line of the text, counted from 1; of a record of several lines, the first
/// @param column of the table, counted from 1
public record Flaw(
        String code,
        String message,
        @Nullable Long line,
        @Nullable Integer column) {

    public Flaw(String code, String message) {
        this(code, message, null, null);
    }
}
