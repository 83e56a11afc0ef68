package dev.descent.dataset;

import dev.descent.core.data.Column;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Warning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table that is kept, and where it came from. Never changes.
public record Dataset(
        @Schema(example = "ds_01jd3m5k7q9s1v3x5z7b9d1f3h") String id,

        @Schema(example = "parabola") String name,

        @Schema(description = "Number of rows", example = "100")
        long rows,

        @Schema(description = "Number of columns", example = "3")
        int columnCount,

        @Schema(
                description =
                        "Each column, summed up; standardDeviation is with n - 1. A list of datasets shows the first 100 columns of each")
        List<Column> columns,

        @Schema(description = "SHA-256 of the table itself: equal for equal tables, however they were written")
        String sha256,

        @Schema(description = "SHA-256 of the bytes that were uploaded")
        String contentSha256,

        @Schema(description = "SHA-256 of the labels that were uploaded as a file of their own") @Nullable
        String labelsSha256,

        @Schema(description = "Number of bytes that were uploaded, labels included", example = "3946")
        long bytes,

        Source source,

        @Schema(description = "What was odd about the data and how it was taken")
        List<Warning> warnings,

        Instant createdAt) {

    static final String PREFIX = "ds";
    private static final int LISTED_COLUMNS = 100;

    public Dataset {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /// For lists: without the columns beyond the first hundred.
    Dataset abridged() {
        return new Dataset(
                id,
                name,
                rows,
                columnCount,
                columns.subList(0, Math.min(LISTED_COLUMNS, columns.size())),
                sha256,
                contentSha256,
                labelsSha256,
                bytes,
                source,
                warnings,
                createdAt);
    }

    /// What is needed to read the table's cells.
    public List<Heading> headings() {
        return columns.stream().map(Column::heading).toList();
    }
}
