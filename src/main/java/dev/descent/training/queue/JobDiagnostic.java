package dev.descent.training.queue;

import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Rule;
import dev.descent.core.lint.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The data of the event `diagnostic`: something in a run that hinders it, or is worth knowing.
///
/// @param step updates made when it was seen
/// @param layer in the order of computation, counted from 0; null where it is about the run or its data
/// @param evidence numbers, text and lists of them; which ones, the page that `link` leads to says of each rule
/// @param advice what to do
/// @param link where more about the rule is written
public record JobDiagnostic(
        Rule rule,
        Severity severity,
        long step,
        @Nullable Integer layer,

        @Schema(
                type = "object",
                example = "{\"rows\": \"58-99\", \"inactiveRows\": 42, \"rowsSeen\": 100, \"shareOfLoss\": 0.99}")
        Map<String, Object> evidence,

        String message,
        String advice,

        @Schema(example = "docs/diagnostics.md#inactive-rows")
        String link) {

    private static final String PAGE = "docs/diagnostics.md#";

    public static JobDiagnostic of(Diagnostic one) {
        return new JobDiagnostic(
                one.rule(),
                one.severity(),
                one.step(),
                one.layer(),
                one.evidence(),
                one.message(),
                one.rule().advice(),
                link(one.rule()));
    }

    /// Where the documentation describes a rule.
    public static String link(Rule rule) {
        return PAGE + rule.code();
    }

    public Diagnostic toDomain() {
        return new Diagnostic(rule, severity, step, layer, evidence, message);
    }
}
