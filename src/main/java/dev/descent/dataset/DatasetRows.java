package dev.descent.dataset;

import dev.descent.core.data.Heading;
import dev.descent.core.data.Table;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some rows of a table: numbers and texts, null where a cell is missing.
record DatasetRows(
        @Schema(description = "Place of the first of these rows, counted from 0", example = "0")
        long offset,

        @Schema(description = "Number of rows of the whole dataset", example = "100")
        long total,

        List<String> columns,

        @Schema(description = "One array per row, in the order of columns")
        List<List<@Nullable Object>> rows) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAXIMUM_LIMIT = 10_000;
    private static final int MAXIMUM_CELLS = 1_000_000;

    static DatasetRows of(Table table, long offset, int limit) throws IOException {
        List<Heading> headings = table.headings();
        int fitting = Math.min(MAXIMUM_LIMIT, MAXIMUM_CELLS / headings.size());
        if (limit > fitting) {
            throw outOfRange("limit", "with " + headings.size() + " columns limit must be at most " + fitting, limit);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (double[] cells : table.rows(offset, limit)) {
            List<@Nullable Object> row = new ArrayList<>(cells.length);
            for (int i = 0; i < cells.length; i++) {
                row.add(TableCsv.value(headings.get(i), cells[i]));
            }
            rows.add(row);
        }
        return new DatasetRows(
                offset, table.rows(), headings.stream().map(Heading::name).toList(), rows);
    }

    static void requireRange(@Nullable Long offset, @Nullable Integer limit) {
        if (offset != null && offset < 0) {
            throw outOfRange("offset", "offset must be at least 0", offset);
        }
        if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
            throw outOfRange("limit", "limit must be between 1 and " + MAXIMUM_LIMIT, limit);
        }
    }

    private static Refused outOfRange(String parameter, String message, Number value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("?" + parameter, "out-of-range", message, value)));
    }
}
