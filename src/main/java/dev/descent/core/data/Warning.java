package dev.descent.core.data;

import org.jspecify.annotations.Nullable;

/// Something odd about a table that was read all the same, and how it was taken.
///
/// @param code a stable kebab-case word
/// @param column the name of the column, null where it is about the whole table
public record Warning(String code, String message, @Nullable String column) {}
