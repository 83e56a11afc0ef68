package dev.descent.core.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of a table, summed up. Missing cells count in `missing` and nowhere else.
///
/// @param distinct different values; null when there are more than were counted (10,000, fewer in very wide tables)
/// @param minimum null for a categorical column, as are maximum, mean and standard deviation
/// @param mean null also where it is not a finite number
/// @param standardDeviation with n - 1; null also for fewer than two numbers
/// @param categories null for a numeric column
public record Column(
        String name,
        ColumnType type,
        long missing,
        @Nullable Long distinct,
        @Nullable Double minimum,
        @Nullable Double maximum,
        @Nullable Double mean,
        @Nullable Double standardDeviation,
        @Nullable List<String> categories) {

    /// What is needed to read the column's cells.
    public Heading heading() {
        return new Heading(name, type, categories == null ? List.of() : categories);
    }
}
