package dev.descent.core.data;

/// How large a table read from text may be.
///
/// @param fieldCharacters of one field
/// @param categories different texts of one column
public record TableLimits(long rows, int columns, int fieldCharacters, int categories) {

    /// Different texts of all columns together, and their characters: what a reader keeps in memory.
    static final int ALL_CATEGORIES = 200_000;

    static final int ALL_CATEGORY_CHARACTERS = 8 << 20;

    /// Of a column's name.
    static final int NAME_CHARACTERS = 200;
}
