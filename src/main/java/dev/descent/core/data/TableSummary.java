package dev.descent.core.data;

import java.util.List;

/// What there is to say about a table without reading it again.
public record TableSummary(long rows, List<Column> columns, List<Warning> warnings) {

    public TableSummary {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /// Constant columns that are each told of; more are told of together.
    private static final int CONSTANT_COLUMNS = 10;

    /// Adds a warning for columns whose cells are all the same.
    static TableSummary of(long rows, List<Column> columns, List<Warning> warnings) {
        var all = new Warnings(warnings);
        List<String> constant = columns.stream()
                .filter(column -> Long.valueOf(1).equals(column.distinct()))
                .map(Column::name)
                .toList();
        if (constant.size() > CONSTANT_COLUMNS) {
            all.add(
                    "constant-column",
                    constant.size()
                            + " columns hold the same value in every row, so that nothing can be learned from them: "
                            + String.join(", ", constant.subList(0, CONSTANT_COLUMNS)) + " and "
                            + (constant.size() - CONSTANT_COLUMNS) + " more",
                    null);
            return new TableSummary(rows, columns, all.list());
        }
        for (String name : constant) {
            all.add(
                    "constant-column",
                    "column " + name + " holds the same value in every row; nothing can be learned from it",
                    name);
        }
        return new TableSummary(rows, columns, all.list());
    }
}
