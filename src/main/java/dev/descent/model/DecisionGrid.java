package dev.descent.model;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What [SurfaceJson] writes, described for clients.
@Schema(
        description =
                "What a model says at every point of a grid: `values` or `labels` and `probabilities` of a target, or the `units` of a layer")
record DecisionGrid(
        @Schema(example = "mdl_01jd3m5k7q9s1v3x5z7b9d1f3h") String modelId,

        AxisValues x,

        @Schema(description = "null of a curve, where only x varies") @Nullable
        AxisValues y,

        @Schema(description = "What the other features are held at: a number or a category, by column")
        Map<String, Object> held,

        @Nullable String target,

        @Schema(
                types = "array",
                description =
                        "Regression: the predicted numbers, a row for each y with a number for each x; of a curve the numbers alone")
        @Nullable
        Object values,

        @Schema(types = "array", description = "Classification: the most probable class, in the same order") @Nullable
        Object labels,

        @Schema(description = "Classification: of each class, in the same order; null where the output is none")
        @Nullable
        Map<String, Object> probabilities,

        @Schema(description = "With layer: its place in the order of computation, counted from 0") @Nullable
        Integer layer,

        @Schema(description = "With layer: the activation of each unit") @Nullable
        List<UnitValues> units,

        @Schema(description = "How many numbers are not finite, and null")
        int nonFinite) {

    record AxisValues(String column, double[] values) {}

    record UnitValues(
            @Schema(description = "Counted from 0") int unit,
            @Schema(types = "array") Object values) {}
}
