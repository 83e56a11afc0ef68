package dev.descent.lesson;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Which of a lesson's runs to make.
record RunLesson(
        @Schema(description = "The lesson's first when left out", example = "batch") @Nullable
        String variant,

        @Schema(description = "Id or name of the uploaded data, where the lesson needs that") @Nullable
        String datasetId,

        @Schema(description = "In place of the lesson's; its numbers then are others") @Nullable
        Long seed) {}
