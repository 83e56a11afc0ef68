package dev.descent.core.data;

import java.util.Map;
import java.util.Set;

/// What the writer of a text knows about it better than its reader.
///
/// @param missing texts that stand for a missing cell, beside the empty one
/// @param types of the columns named here; the others' are inferred
/// @param decimal between a number's whole and its fraction, a point or a comma
public record TextOptions(Header header, Set<String> missing, Map<String, ColumnType> types, char decimal) {

    /// Whether the first record names the columns.
    public enum Header {
        /// As the first record differs from the rest, or not.
        AUTO,
        PRESENT,
        ABSENT
    }

    public static final TextOptions DEFAULT = new TextOptions(Header.AUTO, Set.of(), Map.of(), '.');

    public TextOptions {
        missing = Set.copyOf(missing);
        types = Map.copyOf(types);
    }
}
