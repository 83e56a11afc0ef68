package dev.descent.conformance;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reference numbers of one thing, and what this service made of them.
@Schema(name = "ConformanceCheck")
record Check(
        @Schema(example = "parabola/batch") String id,

        @Schema(description = "The file of reference numbers", example = "parabola.json")
        String file,

        String what,

        @Schema(description = "What the numbers are from", example = "NumPy")
        String oracle,

        State state,

        @Schema(description = "How many numbers were compared")
        int numbers,

        @Schema(description = "How many of them are equal to the last bit")
        int exact,

        @Schema(
                description =
                        "The digits of the number that agrees least; 17 where all are equal; null where none was compared")
        @Nullable
        Double digits,

        @Schema(description = "How long it took") @Nullable Double milliseconds,
        List<Part> parts) {

    enum State {
        PASSED,
        FAILED,
        /// Its data is not ours to ship.
        NEEDS_DATASET
    }

    /// Numbers of one kind.
    @Schema(name = "ConformancePart")
    record Part(
            String what,
            int numbers,
            int exact,

            @Schema(
                    description =
                            "-log10 of the largest relative error, |computed - expected| / max(|expected|, floor); 17 where all are equal")
            double digits,

            @Schema(description = "As many digits have to agree")
            double requiredDigits,

            @Schema(
                    description =
                            "Numbers smaller than this are what is left of terms of about that size that cancel, and are compared as if they were so large")
            double floor,

            boolean passed,

            @Schema(description = "The number that agrees least") @Nullable
            Worst worst) {}

    /// A number of the reference, and the one of this service; null where that is not finite.
    @Schema(name = "WorstNumber")
    record Worst(String what, double expected, @Nullable Double computed) {}

    static Check of(Task task, List<Part> parts, double milliseconds) {
        return new Check(
                task.id(),
                task.file(),
                task.what(),
                task.oracle(),
                parts.stream().allMatch(Part::passed) ? State.PASSED : State.FAILED,
                parts.stream().mapToInt(Part::numbers).sum(),
                parts.stream().mapToInt(Part::exact).sum(),
                parts.stream().mapToDouble(Part::digits).min().orElseThrow(),
                milliseconds,
                parts);
    }

    static Check needingDataset(Task task) {
        return new Check(
                task.id(), task.file(), task.what(), task.oracle(), State.NEEDS_DATASET, 0, 0, null, null, List.of());
    }
}
