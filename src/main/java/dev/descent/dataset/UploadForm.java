package dev.descent.dataset;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The fields of an upload form, for the documentation; the options may be fields or query parameters.
@Schema(name = "UploadForm")
record UploadForm(
        @Schema(
                type = "string",
                format = "binary",
                description = "A CSV, IDX or NPY file, or one of these in gzip",
                requiredMode = Schema.RequiredMode.REQUIRED)
        Object file,

        @Schema(
                type = "string",
                format = "binary",
                description = "Beside an IDX or NPY file: another with one number for each of its rows")
        @Nullable
        Object labels,

        @Schema(description = "What to call the dataset") @Nullable
        String name,

        @Schema(allowableValues = {"auto", "present", "absent"}) @Nullable
        String header,

        @Schema(description = "One character, or `tab`") @Nullable
        String delimiter,

        @Schema(allowableValues = {".", ","}) @Nullable String decimal,

        @Schema(description = "As in `NA,?`") @Nullable String missing,

        @Schema(description = "As in `x:numeric,label:categorical`") @Nullable
        String types) {}
