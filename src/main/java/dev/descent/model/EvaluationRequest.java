package dev.descent.model;

import dev.descent.fault.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// On which rows a model is to be measured.
record EvaluationRequest(
        @Schema(
                description = "The id of a dataset, or the name of one: then the newest with that name",
                example = "parabola")
        String datasetId,

        @Schema(
                description =
                        "Only the rows that the model's own job had for this; takes the table that it was trained on. All rows when left out",
                nullable = true)
        @Nullable
        Part part,

        @Schema(
                description =
                        "Of a curve at most so many points, 2 to 100,000; 1000 when left out. Areas are always of all",
                example = "1000")
        @Nullable
        Integer maxPoints) {

    private static final int USUAL_POINTS = 1000;
    private static final int MOST_POINTS = 100_000;

    /// The part of its dataset that a job uses for something.
    enum Part {
        TRAINING,
        VALIDATION,
        TEST
    }

    int points() {
        int points = maxPoints == null ? USUAL_POINTS : maxPoints;
        if (points < 2 || points > MOST_POINTS) {
            throw new RowsRefused(new Violation(
                    "/maxPoints", "out-of-range", "maxPoints must be between 2 and " + MOST_POINTS, points));
        }
        return points;
    }
}
