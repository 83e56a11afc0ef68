package dev.descent.core.data;

import java.util.List;

/// What has to be known of a column to read its cells: a categorical cell is stored as its place in `categories`.
///
/// @param categories in the order of their codes, counted from 0; empty for a numeric column
public record Heading(String name, ColumnType type, List<String> categories) {

    public Heading {
        categories = List.copyOf(categories);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        if (type == ColumnType.NUMERIC && !categories.isEmpty()) {
            throw new IllegalArgumentException("numeric column " + name + " has categories");
        }
    }

    public static Heading numeric(String name) {
        return new Heading(name, ColumnType.NUMERIC, List.of());
    }

    public static Heading categorical(String name, List<String> categories) {
        return new Heading(name, ColumnType.CATEGORICAL, categories);
    }
}
