package dev.descent.conformance;

import dev.descent.core.linalg.Vectors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// Every reference number beside this service's own.
record ConformanceReport(
        @Schema(description = "When the numbers were computed: once in the life of a process, as they cannot change")
        Instant computedAt,

        @Schema(
                description =
                        "Whether the Vector API's kernels computed them; without it the scalar ones give the same bits")
        boolean vectors,

        Summary summary,
        List<Check> checks) {

    /// @param digits of the check that agrees least
    @Schema(name = "ConformanceSummary")
    record Summary(
            int passed,
            int failed,
            int needsDataset,
            int numbers,
            int exact,

            @Schema(description = "The digits of the number that agrees least, of all that were compared")
            double digits,

            double milliseconds) {}

    static ConformanceReport of(Instant computedAt, List<Check> checks) {
        return new ConformanceReport(
                computedAt,
                Vectors.AVAILABLE,
                new Summary(
                        count(checks, Check.State.PASSED),
                        count(checks, Check.State.FAILED),
                        count(checks, Check.State.NEEDS_DATASET),
                        checks.stream().mapToInt(Check::numbers).sum(),
                        checks.stream().mapToInt(Check::exact).sum(),
                        least(checks),
                        milliseconds(checks)),
                checks);
    }

    private static double least(List<Check> checks) {
        double least = Digits.EXACT;
        for (Check check : checks) {
            least = check.digits() == null ? least : Math.min(least, check.digits());
        }
        return least;
    }

    private static double milliseconds(List<Check> checks) {
        double sum = 0;
        for (Check check : checks) {
            sum += check.milliseconds() == null ? 0 : check.milliseconds();
        }
        return Math.round(100 * sum) / 100.0;
    }

    private static int count(List<Check> checks, Check.State state) {
        return (int) checks.stream().filter(check -> check.state() == state).count();
    }
}
