package dev.descent.dataset;

import dev.descent.core.data.Generator;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Where a dataset came from.
///
/// @param kind `upload` or `generator`
/// @param filename as the client called the file; only ever shown
/// @param generator with which the same table can be made again
public record Source(
        @Schema(allowableValues = {"upload", "generator"}) String kind,

        @Schema(description = "What the uploaded file was called", example = "Credit.csv") @Nullable
        String filename,

        @Schema(description = "What the table was made with", nullable = true) @Nullable
        Generator generator) {

    static Source upload(@Nullable String filename) {
        return new Source("upload", filename, null);
    }

    static Source generated(Generator generator) {
        return new Source("generator", null, generator);
    }
}
