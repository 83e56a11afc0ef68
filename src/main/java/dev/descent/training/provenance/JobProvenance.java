package dev.descent.training.provenance;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.descent.core.linalg.Precision;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that makes a job repeatable, and says where its bits come from. Digests are SHA-256.
record JobProvenance(
        String jobId,
        JobState state,

        @Nullable Reason reason,

        @Schema(description = "The canonical spec, with every default written out") @JsonRawValue
        Object spec,

        @Schema(description = "Of the bytes of spec as they stand in this answer")
        String specSha256,

        ProvenData data,

        @Schema(description = "What numbers the run computes with; the bits depend on it")
        Precision precision,

        @Schema(description = "The bits do not depend on it")
        int threads,

        @Schema(
                description =
                        "Of the weights before the first update, of a fork those of its checkpoint; null until the run has begun")
        @Nullable
        String initialWeightsSha256,

        @Schema(description = "Of the weights that the run ended with; null until it has") @Nullable
        String weightsSha256,

        @Schema(description = "The model it made, which holds these weights; null without one") @Nullable
        String modelId,

        JobOrigin origin,

        @Schema(description = "The first one first") List<Attempts.Kept> attempts,

        @Schema(description = "Those that are kept, the latest first")
        List<ProvenCheckpoint> checkpoints,

        @Schema(description = "What it recorded; empty until it has ended")
        List<ProvenRecord> records,

        @Schema(description = "The jobs that have trained this one again, or are about to, the latest first")
        List<JobVerification> verifications) {

    record ProvenData(
            String datasetId,

            @Schema(description = "Null where the dataset is deleted") @Nullable
            String name,

            @Schema(
                    description =
                            "Of the table that the job is trained on; null where it is deleted and no attempt began")
            @Nullable
            String tableSha256,

            @Schema(description = "Of the bytes that were uploaded; null where the dataset is deleted") @Nullable
            String contentSha256,

            @Schema(
                    description =
                            "Of the training, the validation and the test rows: how many, then their numbers in order, each as a little-endian 32-bit integer; null until an attempt began")
            @Nullable
            String splitSha256) {}

    /// The job that this one came from. It need not be there any more.
    record JobOrigin(
            @Nullable String forkedFrom,
            @Nullable Long forkedStep,
            @Nullable String retryOf,
            @Nullable String verificationOf) {}

    record ProvenCheckpoint(
            long step,
            long epoch,

            @Schema(description = "Which attempt wrote it; 0 for the one that a fork began with")
            long attempt,

            @Schema(description = "Of the file") String sha256) {}

    record ProvenRecord(
            @Schema(description = "What it holds, as in verification.firstDifference", example = "trainingLoss")
            String what,

            long bytes,

            @Schema(description = "Of the numbers, little-endian: float64, values of parameters in the run's precision")
            String sha256) {}

    record JobVerification(
            String jobId,
            JobState state,

            @Schema(description = "Whether everything was equal; null until that is known") @Nullable
            Boolean equal,

            Verification verification) {}
}
