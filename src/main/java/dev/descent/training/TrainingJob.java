package dev.descent.training;

import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.provenance.Verification;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job as clients see it.
record TrainingJob(
        @Schema(example = "job_01jd3m5k7q9s1v3x5z7b9d1f3h") String id,

        @Nullable String name,

        JobState state,

        @Schema(description = "Why the job is in this state") @Nullable
        Reason reason,

        @Schema(description = "The reason in words") @Nullable
        String message,

        @Schema(description = "Place in the queue, counted from 1; null unless the job waits") @Nullable
        Integer queuePosition,

        @Schema(description = "How far the latest attempt is")
        Progress progress,

        @Schema(description = "How often the job has been started")
        long attempt,

        @Schema(description = "The model it made; null unless it succeeded") @Nullable
        String modelId,

        @Schema(
                description =
                        "Whether its bits are those of one undisturbed run; false where it went on from a checkpoint that another version of Descent had written")
        boolean bitExact,

        @Schema(description = "The job whose checkpoint it began with; null unless it is a fork") @Nullable
        String forkedFrom,

        @Schema(description = "How many updates that job had made there; null unless this is a fork") @Nullable
        Long forkedStep,

        @Schema(description = "The job that it repeats; null unless it is a retry") @Nullable
        String retryOf,

        @Schema(description = "What came of repeating another job; null unless this does") @Nullable
        Verification verification,

        @Schema(description = "The experiment that it is a variant of; null unless one queued it") @Nullable
        String experimentId,

        @Schema(description = "The request with every default written out; can be sent as a request again")
        JobSpec spec,

        List<Plan.PlanWarning> warnings,

        Instant createdAt,

        @Nullable Instant startedAt,

        @Nullable Instant finishedAt) {}
