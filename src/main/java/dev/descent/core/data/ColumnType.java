package dev.descent.core.data;

/// What a column's cells are: numbers, or one of a few texts.
public enum ColumnType {
    NUMERIC,
    CATEGORICAL
}
