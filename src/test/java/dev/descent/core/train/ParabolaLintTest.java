package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Rule;
import dev.descent.core.lint.Severity;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What the linter says of the lecture notebook's runs.
class ParabolaLintTest {

    static List<JsonNode> runs() {
        return ParabolaTest.runs();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theStuckRunIsExplainedAndTheOthersAreLeftInPeace(JsonNode run) {
        List<Diagnostic> told = LintedRun.of(ParabolaTest.spec(run), ParabolaTest.data(100));
        List<Diagnostic> warnings =
                told.stream().filter(one -> one.severity() != Severity.INFO).toList();
        switch (run.get("name").stringValue()) {
            case "stuck" ->
                assertThat(warnings).singleElement().satisfies(one -> {
                    assertThat(one.rule()).isEqualTo(Rule.INACTIVE_ROWS);
                    assertThat(one.layer()).isZero();
                    assertThat(one.evidence()).containsEntry("rows", "68-99").containsEntry("rowsSeen", 100L);
                    assertThat((double) one.evidence().get("shareOfLoss")).isGreaterThan(0.9);
                });
            case "tanh" -> // ends at 463, most of its tanh flat
                assertThat(warnings)
                        .singleElement()
                        .satisfies(one -> assertThat(one.rule()).isEqualTo(Rule.SATURATED_UNITS));
            default -> assertThat(warnings).isEmpty();
        }
    }
}
