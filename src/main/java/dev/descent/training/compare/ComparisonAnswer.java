package dev.descent.training.compare;

import dev.descent.training.queue.JobState;
import dev.descent.training.series.JointCurveAnswer;
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
        JointCurveAnswer curves,

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
}
