package dev.descent.training.plan;

import dev.descent.core.InvalidSpec;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.linalg.Precision;
import dev.descent.dataset.Dataset;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What each row counts for in the losses, and what a column has to be like to say so; pointers are relative to the
/// column's name.
final class RowWeights {

    private RowWeights() {}

    /// The column with this name, unless it cannot hold the weights of this request.
    static Column column(Dataset dataset, TrainingRequest request, String name) {
        Heading heading = Encoding.named(dataset.headings(), name, "");
        Column column = dataset.columns().get(dataset.headings().indexOf(heading));
        if (name.equals(request.target())
                || request.targets() != null && request.targets().contains(name)) {
            throw new InvalidSpec("", "weight-is-target", "a target cannot weigh its own rows", name);
        }
        if (request.features() != null && request.features().contains(name)) {
            throw new InvalidSpec(
                    "",
                    "weight-is-feature",
                    "column " + name + " is a feature already; a column of weights is no input of the network",
                    name);
        }
        if (column.type() == ColumnType.CATEGORICAL) {
            throw new InvalidSpec(
                    "", "weight-type", "column " + name + " holds categories; weights are numbers of 0 or more", name);
        }
        if (column.missing() > 0) {
            throw new InvalidSpec(
                    "",
                    "missing-values",
                    "column " + name + " has no value in " + column.missing() + " rows; every row needs a weight",
                    name);
        }
        return column;
    }

    /// Returns the cells, unless one of them is no weight, or a part's rows weigh nothing or endlessly much together.
    static double[] requireUsable(double[] cells, Split.Parts parts, Precision precision) {
        for (int row = 0; row < cells.length; row++) {
            if (cells[row] < 0) {
                throw outOfRange(
                        "row " + row + " (counted from 0) weighs less than 0; weights are 0 or more", cells[row]);
            }
            if (!Double.isFinite(rounded(cells[row], precision))) {
                throw outOfRange(
                        "row " + row + " (counted from 0) weighs more than float32 can hold; use float64, or divide all"
                                + " weights by the same number",
                        cells[row]);
            }
        }
        requireWeight("training", cells, parts.training(), precision);
        requireWeight("validation", cells, parts.validation(), precision);
        requireWeight("test", cells, parts.test(), precision);
        return cells;
    }

    /// The cells of the column with this name; null when there is none, or all of them are 1: that is what rows weigh
    /// without it, to the last bit.
    static double @Nullable [] read(@Nullable String name, Table table) throws IOException {
        double[] cells = name == null ? null : table.column(name);
        return cells == null || Arrays.stream(cells).allMatch(cell -> cell == 1) ? null : cells;
    }

    private static void requireWeight(String part, double[] cells, int[] rows, Precision precision) {
        double sum = 0;
        for (int row : rows) {
            sum += rounded(cells[row], precision);
        }
        if (rows.length > 0 && sum == 0) {
            throw new InvalidSpec(
                    "",
                    "no-weight",
                    "all " + rows.length + " " + part
                            + " rows weigh 0; their loss would be 0 whatever the network says");
        }
        if (Double.isInfinite(sum)) {
            throw outOfRange(
                    "the weights of the " + part + " rows add up to more than a number can hold; divide all weights by"
                            + " the same number",
                    null);
        }
    }

    private static double rounded(double cell, Precision precision) {
        return switch (precision) {
            case FLOAT64 -> cell;
            case FLOAT32 -> (float) cell;
        };
    }

    private static InvalidSpec outOfRange(String message, @Nullable Object value) {
        return new InvalidSpec("", "out-of-range", message, value);
    }
}
