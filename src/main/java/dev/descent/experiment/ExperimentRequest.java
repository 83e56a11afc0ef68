package dev.descent.experiment;

import dev.descent.training.plan.TrainingRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks to be trained in several ways.
record ExperimentRequest(
        @Nullable String name,

        @Schema(
                description =
                        "What all variants have in common: a training job as POST /training-jobs takes it, without a name")
        TrainingRequest job,

        @Schema(description = "2 to 16 of them; one that changes nothing is the job itself")
        List<Variant> variants) {

    static final int FEWEST = 2;
    static final int MOST = 16;

    ExperimentRequest {
        variants = List.copyOf(variants);
    }

    /// The same with another job.
    ExperimentRequest of(TrainingRequest other) {
        return new ExperimentRequest(name, other, variants);
    }
}
