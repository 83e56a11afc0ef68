package dev.descent.training.series;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [JointCurve] writes, described for clients.
@Schema(name = "ComparedCurves")
public record JointCurveAnswer(
        @Schema(description = "Every step at which a job recorded a loss, counted from 0")
        List<Long> steps,

        List<ComparedCurve> jobs,

        @Schema(description = "Whether maxPoints left out recorded steps")
        boolean sampled,

        @Schema(description = "Numbers that are null above because they are not finite")
        List<NonFiniteLoss> nonFinite) {

    @Schema(name = "ComparedCurve")
    record ComparedCurve(
            String jobId,

            @Schema(description = "What heads its columns as CSV: the name of a variant, or else the job's id")
            String name,

            @Schema(
                    description = "Which rows the training loss is taken over",
                    allowableValues = {"batch", "dataset"})
            String over,

            @Schema(description = "Null at steps where this job recorded none")
            List<@Nullable Double> trainingLoss,

            @Schema(description = "Null where this job measured none, and as a whole without held-out rows") @Nullable
            List<@Nullable Double> validationLoss) {}

    @Schema(name = "NonFiniteLoss")
    record NonFiniteLoss(
            long step,

            @Schema(description = "The job's id, a dot and the column")
            String series,

            @Schema(allowableValues = {"NaN", "Infinity", "-Infinity"})
            String reason) {}
}
