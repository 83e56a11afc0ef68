package dev.descent.lesson;

import dev.descent.conformance.Digits;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A student's answer beside the run's own.
record LessonAnswer(
        String question,
        double answer,

        @Schema(description = "Whether it agrees to three digits; what is counted has to be equal")
        boolean right,

        @Schema(description = "The run's own number; null where it has none") @Nullable
        Double computed,

        @Schema(description = "|answer - computed| / |computed|; null where computed is 0 or null") @Nullable
        Double relativeError,

        @Schema(description = "Why there is no computed number; null where there is one") @Nullable
        String reason,

        @Schema(description = "Where the number can be seen") @Nullable
        String source) {

    static final String NO_NUMBER = "this run has no such number";

    private static final double DIGITS = 3;

    static LessonAnswer of(Lesson.Question question, double answer, double computed, @Nullable String source) {
        boolean known = Double.isFinite(computed);
        boolean right = known
                && (question.quantity().counts() ? answer == computed : Digits.matched(answer, computed, 0) >= DIGITS);
        return new LessonAnswer(
                question.id(),
                answer,
                right,
                known ? computed : null,
                known && computed != 0 ? Math.abs(answer - computed) / Math.abs(computed) : null,
                known ? null : NO_NUMBER,
                source);
    }
}
