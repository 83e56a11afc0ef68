package dev.descent.dataset;

import dev.descent.core.data.Generator;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// Where a dataset came from.
///
/// @param kind `upload` or `generator`
/// @param filename as the client called the file; only ever shown
/// @param labels as the client called the file of labels
/// @param form of the uploaded file: `csv`, `idx` or `npy`, with `.gz` behind it where it was packed
/// @param generator with which the same table can be made again
public record Source(
        @Schema(allowableValues = {"upload", "generator"}) String kind,

        @Schema(description = "What the uploaded file was called", example = "Credit.csv") @Nullable
        String filename,

        @Schema(description = "What the uploaded file of labels was called", example = "train-labels-idx1-ubyte.gz")
        @Nullable
        String labels,

        @Schema(
                description = "What the uploaded file turned out to be",
                allowableValues = {"csv", "csv.gz", "idx", "idx.gz", "npy", "npy.gz"})
        @Nullable
        String form,

        @Schema(description = "What the table was made with", nullable = true) @Nullable
        Generator generator) {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType GZIP = new MediaType("application", "gzip");

    static Source upload(@Nullable String filename, @Nullable String labels, String form) {
        return new Source("upload", filename, labels, form, null);
    }

    static Source generated(Generator generator) {
        return new Source("generator", null, null, null, generator);
    }

    /// What a file of this form is called at the end.
    String extension() {
        return "." + Objects.requireNonNullElse(form, "csv");
    }

    /// What the uploaded bytes are to a browser.
    MediaType mediaType() {
        return switch (form) {
            case null -> CSV;
            case "csv" -> CSV;
            case String packed when packed.endsWith(".gz") -> GZIP;
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }
}
