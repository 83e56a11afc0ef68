package dev.descent.lesson;

import io.swagger.v3.oas.annotations.media.Schema;

/// A student's answer to one of a lesson's questions.
record GivenAnswer(
        @Schema(example = "parameters") String question,

        @Schema(example = "12") double answer) {}
