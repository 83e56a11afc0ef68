package dev.descent.training.compare;

import dev.descent.training.queue.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [Comparison] writes, described for clients.
@Schema(name = "Comparison", description = "Jobs side by side; values stand in the order of jobs")
record ComparisonAnswer(
        List<ComparedJobAnswer> jobs,

        @Schema(
                description =
                        "What was set otherwise, with defaults written out, name and dataset left out. A variant of another type is one setting, and so is a list, unless it holds as many objects")
        List<DifferingSetting> settings,

        ComparedData data,
        ComparedCurves curves,

        @Schema(description = "The first job with each of the others; null where parting=false") @Nullable
        List<Parting> partings) {

    @Schema(name = "ComparedJob")
    record ComparedJobAnswer(String id, @Nullable String name, JobState state) {}

    @Schema(name = "DifferingSetting")
    record DifferingSetting(
            @Schema(description = "Where it stands in the spec", example = "/optimizer/learningRate")
            String pointer,

            @Schema(
                    description =
                            "One of each job; null where a job has none. In place of more than 100 numbers stands {\"numbers\": how many}")
            List<@Nullable Object> values) {}

    @Schema(name = "ComparedData")
    record ComparedData(
            @Schema(description = "Whether all jobs have the same table; null where a dataset is deleted") @Nullable
            Boolean same,

            List<String> datasetIds,

            @Schema(description = "SHA-256 of each table; null where it is deleted")
            List<@Nullable String> sha256) {}

    @Schema(name = "ComparedCurves")
    record ComparedCurves(
            @Schema(description = "Every step at which a job recorded a loss, counted from 0")
            List<Long> steps,

            List<ComparedCurve> jobs,

            @Schema(description = "Whether maxPoints left out recorded steps")
            boolean sampled,

            @Schema(description = "Numbers that are null above because they are not finite")
            List<NonFiniteLoss> nonFinite) {}

    @Schema(name = "ComparedCurve")
    record ComparedCurve(
            String jobId,

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
