package dev.descent.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.mistake.Made;
import dev.descent.core.mistake.Mistake;
import dev.descent.core.mistake.Quantity;
import dev.descent.core.mistake.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is right and wrong in a student's numbers, and which mistake made them.
record CheckedAnswers(
        @Schema(description = "`wrong` where any array is; `tooFewDigits` where one cannot be told from the right one")
        Verdict verdict,

        @Schema(description = "The same in a sentence or two")
        String summary,

        @Schema(
                description = "The fewest mistakes that make these numbers, in the order they were made; more than one"
                        + " list where this batch cannot tell them apart, the likeliest first")
        List<List<NamedMistake>> explanations,

        @Nullable CheckedArray loss,
        List<CheckedLayer> layers) {

    /// A mistake by its name.
    record NamedMistake(
            Mistake name,

            @Schema(description = "Where it was made, counted from 0 in the order of computation")
            int layer,

            Quantity quantity,
            @Schema(description = "What is wrong") String explanation,
            @Schema(description = "What would be right") String right,
            @Schema(description = "Where to read more") String documentation) {

        static NamedMistake of(Made made) {
            Mistake mistake = made.mistake();
            return new NamedMistake(
                    mistake,
                    made.layer(),
                    made.quantity(),
                    mistake.explanation(),
                    mistake.right(),
                    "docs/gradient-check.md#"
                            + mistake.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /// A layer's arrays; null where nothing was sent.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CheckedLayer(
            String pointer,
            String type,
            @Nullable CheckedArray preActivation,
            @Nullable CheckedArray activation,
            @Nullable CheckedArray delta,
            @Nullable CheckedArray weightGradient,
            @Nullable CheckedArray biasGradient,
            @Nullable CheckedArray inputGradient) {}

    /// What is to be said of one array.
    record CheckedArray(
            Verdict verdict,

            @Schema(
                    description =
                            "`|s - r| / (|s| + |r|)`, lengths of the arrays as vectors; 1 where the shapes differ")
            double relativeError,

            @Schema(description = "The same with the central differences for r; null where there are none")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Double numericalError,

            @Schema(description = "The relative error that is still right, for numbers written as exactly as these")
            double tolerance,

            @Schema(description = "The entry that is furthest off")
            FurthestEntry furthest,

            @Schema(description = "How it became wrong; more than one where this batch cannot tell them apart")
            List<ArrayExplanation> explanations) {}

    record FurthestEntry(int row, int column, double found, double expected) {}

    record ArrayExplanation(
            @Schema(description = "Made on the way to this array; empty where no known mistake explains it")
            List<Mistake> mistakes,

            @Schema(description = "The layer whose mistake this array only carries on; null where one was made here")
            @Nullable
            Integer followsFrom,

            String text) {}
}
