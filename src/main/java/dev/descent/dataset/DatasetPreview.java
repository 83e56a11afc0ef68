package dev.descent.dataset;

import dev.descent.core.data.Column;
import dev.descent.core.data.TableSummary;
import dev.descent.core.data.Warning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// What an upload would become.
record DatasetPreview(
        @Schema(description = "Number of rows below the header", example = "400")
        long rows,

        @Schema(description = "The columns with the types that were inferred or declared")
        List<Column> columns,

        @Schema(description = "Number of bytes that were uploaded", example = "23417")
        long bytes,

        @Schema(description = "What was odd about the data and how it was taken")
        List<Warning> warnings) {

    static DatasetPreview of(TableSummary summary, long bytes) {
        return new DatasetPreview(summary.rows(), summary.columns(), bytes, summary.warnings());
    }
}
