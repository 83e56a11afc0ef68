package dev.descent.core.data;

import java.util.List;

/// What there is to say about a table without reading it again.
public record TableSummary(long rows, List<Column> columns, List<Warning> warnings) {

    public TableSummary {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /// Adds a warning for every column whose cells are all the same.
    static TableSummary of(long rows, List<Column> columns, List<Warning> warnings) {
        var all = new Warnings(warnings);
        for (Column column : columns) {
            if (Long.valueOf(1).equals(column.distinct())) {
                all.add(
                        "constant-column",
                        "column " + column.name()
                                + " holds the same value in every row; nothing can be learned from it",
                        column.name());
            }
        }
        return new TableSummary(rows, columns, all.list());
    }
}
