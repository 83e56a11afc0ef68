package dev.descent.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.fault.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request was not answered as asked (RFC 9457, `application/problem+json`).
@Schema(description = "Why a request was not answered as asked (RFC 9457)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(
                description = "What kind of problem this is: the same URI for every problem of the kind",
                example = "https://descent.dev/problems/validation-failed")
        String type,

        @Schema(description = "The kind in words", example = "Validation failed")
        String title,

        @Schema(description = "The status code of the answer", example = "422")
        int status,

        @Schema(
                description = "What went wrong this time, and what would be right",
                example = "units must be between 1 and 1000000000")
        String detail,

        @Schema(
                description = "The id of the request, as in the header X-Request-Id",
                example = "a4f0c2b1d9e84c7f8a1b2c3d4e5f6071")
        String instance,

        @Schema(description = "Each thing that is wrong, where there are such to name (the first 20)") @Nullable
        List<Complaint> errors,

        @Schema(
                description = "What the service's log has this request under",
                example = "a4f0c2b1d9e84c7f8a1b2c3d4e5f6071")
        String traceId) {

    static final String TYPES = "https://descent.dev/problems/";

    /// One thing that is wrong with a request.
    @Schema(name = "Complaint", description = "One thing that is wrong with a request")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Complaint(
            @Schema(
                    description =
                            "Where: a JSON Pointer into the body, `?name` for a query parameter, or a header's name",
                    example = "/layers/1/units")
            String pointer,

            @Schema(description = "Which rule was broken; stable, to be tested for", example = "out-of-range")
            String code,

            @Schema(
                    description = "What was wrong and what would be right",
                    example = "units must be between 1 and 1000000000")
            String message,

            @Schema(description = "What was found, where it is small", type = "object", example = "0") @Nullable
            Object value,

            @Schema(description = "What would be right, where that can be listed") @Nullable
            List<String> allowed,

            @Schema(description = "Line of a text, counted from 1", example = "3") @Nullable
            Long line,

            @Schema(description = "Column of a text, counted from 1", example = "17") @Nullable
            Integer column) {

        static Complaint of(Violation violation) {
            return new Complaint(
                    violation.pointer(),
                    violation.code(),
                    violation.message(),
                    violation.value(),
                    violation.allowed().isEmpty() ? null : violation.allowed(),
                    violation.line(),
                    violation.column());
        }
    }
}
