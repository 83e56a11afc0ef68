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

        @Schema(description = "Each column, summed up; standardDeviation is with n - 1")
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

    public Dataset {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /// What is needed to read the table's cells.
    public List<Heading> headings() {
        return columns.stream().map(Column::heading).toList();
    }
}
