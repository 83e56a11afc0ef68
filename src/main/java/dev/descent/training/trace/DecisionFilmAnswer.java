package dev.descent.training.trace;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What [DecisionFilmController] writes, described for clients.
@Schema(name = "DecisionFilm", description = "The decision grids of a network at some steps of its training")
record DecisionFilmAnswer(
        @Schema(example = "job_01jd3m5k7q9s1v3x5z7b9d1f3h") String jobId,

        @Schema(description = "column and values of the feature to the right")
        Map<String, Object> x,

        @Schema(description = "Of the feature upwards; null of curves") @Nullable
        Map<String, Object> y,

        @Schema(description = "What the other features are held at, by column")
        Map<String, Object> held,

        List<Frame> frames) {

    @Schema(
            name = "DecisionFrame",
            description =
                    "The weights before a step's update: values, or labels and probabilities, or layer and units, as in a decision grid")
    record Frame(
            @Schema(description = "Counted from 0; after the last update it is the number of steps")
            long step,

            @Nullable String target,
            @Schema(types = "array") @Nullable Object values,
            @Schema(types = "array") @Nullable Object labels,
            @Nullable Map<String, Object> probabilities,
            @Nullable Integer layer,
            @Nullable List<Object> units,
            int nonFinite) {}
}
