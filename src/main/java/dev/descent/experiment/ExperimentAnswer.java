package dev.descent.experiment;

import dev.descent.training.plan.Plan;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An experiment as clients see it.
@Schema(name = "Experiment")
record ExperimentAnswer(
        @Schema(example = "exp_01jd3m5k7q9s1v3x5z7b9d1f3h") String id,

        @Nullable String name,

        ExperimentState state,

        @Schema(description = "How many jobs are in which state; a job that was deleted is not counted")
        List<JobsInState> jobs,

        @Schema(description = "What all variants have in common, with every default written out")
        TrainingRequest job,

        List<VariantAnswer> variants,
        Paired paired,
        Instant createdAt) {

    @Schema(name = "JobsInState")
    record JobsInState(JobState state, int jobs) {}

    @Schema(name = "ExperimentVariant")
    record VariantAnswer(
            String name,

            @Schema(description = "An ordinary training job")
            String jobId,

            @Schema(description = "Null where the job was deleted") @Nullable
            JobState state,

            @Nullable Reason reason,

            @Schema(description = "Settings that are not those of job")
            List<Difference> differs,

            @Schema(description = "Updates made so far") @Nullable
            Long step,

            @Schema(description = "What the latest step minimised; null before the first") @Nullable
            Double loss,

            @Schema(description = "The loss of its model over all training rows; null without a model") @Nullable
            Double trainingLoss,

            @Schema(description = "The model it made") @Nullable
            String modelId,

            @Schema(description = "SHA-256 of the weights that it began with")
            String initialWeightsSha256,

            @Schema(description = "SHA-256 of its model's weights") @Nullable
            String weightsSha256) {}

    /// An experiment in a list.
    @Schema(name = "ExperimentSummary")
    record Summary(
            String id,
            @Nullable String name,
            ExperimentState state,
            List<JobsInState> jobs,

            @Schema(description = "The names of the variants")
            List<String> variants,

            Instant createdAt) {}

    /// What an experiment would be.
    @Schema(name = "ExperimentPlan")
    record Planned(List<PlannedVariant> variants, Paired paired) {}

    @Schema(name = "PlannedVariant")
    record PlannedVariant(String name, List<Difference> differs, String initialWeightsSha256, Plan plan) {}
}
