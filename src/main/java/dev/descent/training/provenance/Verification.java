package dev.descent.training.provenance;

import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What came of repeating a job. Nothing is known until the repetition has ended, or of a job that is gone by then.
public record Verification(
        @Schema(description = "The job that is repeated") String of,

        @Schema(description = "Whether the run ended with the same weights, by their SHA-256; null while it has not")
        @Nullable
        Boolean weightsEqual,

        @Schema(
                description =
                        "Whether everything that /loss-curve shows has the same bits: losses, learning rates, metrics")
        @Nullable
        Boolean lossCurveEqual,

        @Schema(
                description =
                        "Whether recorded gradients, weights and activations, and the weights that a run without a model left, have the same bits; true where there are none")
        @Nullable
        Boolean recordsEqual,

        @Schema(description = "Null where nothing differs") @Nullable
        VerificationDifference firstDifference) {

    /// Where the two runs part first, as far as anything was recorded.
    public record VerificationDifference(
            @Schema(
                    allowableValues = {
                        "trainingLoss",
                        "validationLoss",
                        "learningRate",
                        "metrics",
                        "gradients",
                        "weights",
                        "activations",
                        "lastWeights",
                        "weightsSha256"
                    })
            String in,

            @Schema(description = "Counted from 0; null where it is no series that differs") @Nullable
            Long step,

            @Schema(description = "What the repeated job has there: a number, a digest, or why it cannot be read")
            String expected,

            @Schema(description = "What came out now") String found) {

        private String words() {
            return in + (step == null ? "" : " of step " + step) + " is " + expected + " there and " + found + " here";
        }
    }

    /// Of a job; null where it repeats none.
    public static @Nullable Verification of(Job job, JsonMapper json) {
        if (job.verification() != null) {
            return json.readValue(job.verification(), Verification.class);
        }
        String of = job.origin().verifies();
        return of == null ? null : unknown(of);
    }

    static Verification unknown(String of) {
        return new Verification(of, null, null, null, null);
    }

    /// Whether nothing differs; null until that is known.
    @Nullable
    Boolean equal() {
        return weightsEqual == null ? null : firstDifference == null;
    }

    /// How a run that would have ended so ends: in its own way when it came to the same, and FAILED when not.
    public Ending ending(Ending ending) {
        if (firstDifference != null) {
            return Ending.failed(
                    Reason.NOT_REPRODUCED, "Other bits than job " + of + ": " + firstDifference.words() + ".");
        }
        String verdict = weightsEqual == null
                ? "Job " + of + " is gone: nothing was compared."
                : "The same bits as job " + of + ": weights, loss curve and records.";
        return new Ending(
                ending.state(),
                ending.reason(),
                ending.message() == null ? verdict : verdict + " " + ending.message(),
                ending.after());
    }
}
