package dev.descent.dataset;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.TextOptions;
import dev.descent.core.data.TextOptions.Header;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an upload says about itself, as query parameters or as fields of its form.
record UploadOptions(@Nullable String name, char delimiter, TextOptions text) {

    static final Set<String> NAMES = Set.of("name", "header", "delimiter", "decimal", "missing", "types");

    /// Each as it was given, or null.
    static UploadOptions of(
            @Nullable String name,
            @Nullable String header,
            @Nullable String delimiter,
            @Nullable String decimal,
            @Nullable String missing,
            @Nullable String types) {
        char between = delimiter(delimiter);
        char point = decimal(decimal);
        if (between == point) {
            throw refused("decimal", "numbers cannot have the delimiter in them", String.valueOf(point), List.of());
        }
        return new UploadOptions(
                name == null ? null : DatasetName.require("?name", name),
                between,
                new TextOptions(header(header), missing(missing), types(types), point));
    }

    private static char delimiter(@Nullable String text) {
        if (text == null) {
            return ',';
        }
        if (text.equals("tab") || text.equals("\\t")) {
            return '\t';
        }
        char only = text.length() == 1 ? text.charAt(0) : '"';
        if (only == '"' || only == '\n' || only == '\r' || only == '.' || Character.isLetterOrDigit(only)) {
            throw refused(
                    "delimiter",
                    "delimiter is one character that is no letter, digit, point or quote",
                    text,
                    List.of(",", ";", "tab", "|"));
        }
        return only;
    }

    private static char decimal(@Nullable String text) {
        if (text == null || text.equals(".")) {
            return '.';
        }
        if (text.equals(",")) {
            return ',';
        }
        throw refused("decimal", "decimal is a point or a comma", text, List.of(".", ","));
    }

    private static Header header(@Nullable String text) {
        return switch (text) {
            case null -> Header.AUTO;
            case "auto" -> Header.AUTO;
            case "present" -> Header.PRESENT;
            case "absent" -> Header.ABSENT;
            default ->
                throw refused(
                        "header", "header is auto, present or absent", text, List.of("auto", "present", "absent"));
        };
    }

    private static Set<String> missing(@Nullable String text) {
        return text == null
                ? Set.of()
                : Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(marker -> !marker.isEmpty())
                        .collect(Collectors.toSet());
    }

    private static Map<String, ColumnType> types(@Nullable String text) {
        Map<String, ColumnType> types = new HashMap<>();
        if (text == null || text.isBlank()) {
            return types;
        }
        for (String declaration : text.split(",")) {
            int colon = declaration.lastIndexOf(':');
            ColumnType type = switch (declaration.substring(colon + 1).strip()) {
                case "numeric" -> ColumnType.NUMERIC;
                case "categorical" -> ColumnType.CATEGORICAL;
                default -> throw notATypes(declaration);
            };
            String column = colon < 0 ? "" : declaration.substring(0, colon).strip();
            if (column.isEmpty() || types.put(column, type) != null) {
                throw notATypes(declaration);
            }
        }
        return types;
    }

    private static Refused notATypes(String declaration) {
        return refused(
                "types",
                "types names columns once each, as in x:numeric,label:categorical",
                declaration,
                List.of("numeric", "categorical"));
    }

    static Refused refused(String name, String message, String value, List<String> allowed) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("?" + name, "unknown-option", message, value, allowed, null, null)));
    }
}
