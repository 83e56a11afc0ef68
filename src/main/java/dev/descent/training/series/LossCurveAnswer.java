package dev.descent.training.series;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What [LossCurve] writes, described for clients.
@Schema(name = "LossCurve", description = "Losses, learning rates and metrics by step, a column each")
record LossCurveAnswer(
        @Schema(description = "Counted from 0") List<Long> steps,

        @Schema(
                description =
                        "The objective before the step's update; null where the step recorded none, or it is in nonFinite")
        List<@Nullable Double> trainingLoss,

        @Schema(
                description =
                        "The objective over the held-out rows, at the last step of each epoch after its update; null elsewhere, and as a whole without such rows")
        @Nullable
        List<@Nullable Double> validationLoss,

        @Schema(description = "The learning rate of the step; null where a schedule's rate was not recorded there")
        List<@Nullable Double> learningRate,

        @Schema(
                description =
                        "trainingAccuracy, validationAccuracy and so on, as asked for by the job's metrics: measured at the last step of each epoch after its update, null elsewhere")
        Map<String, List<@Nullable Double>> metrics,

        @Schema(
                description = "Which rows the training loss is taken over",
                allowableValues = {"batch", "dataset"})
        String over,

        @Schema(description = "A loss is recorded at every so many steps")
        long every,

        @Schema(description = "Whether maxPoints left out recorded steps")
        boolean sampled,

        @Schema(description = "Numbers that are null above because they are not finite")
        List<NonFiniteEntry> nonFinite) {

    record NonFiniteEntry(
            long step,
            @Schema(description = "Where the number stands") String series,

            @Schema(allowableValues = {"NaN", "Infinity", "-Infinity"})
            String reason) {}
}
