package dev.descent.training.plan;

import dev.descent.training.queue.Progress;
import java.util.List;

/// What running a job will take, known before it starts.
///
/// @param parameters weights and biases of the network
/// @param inputs what the features are encoded to
/// @param classes the target's classes in the order of the outputs; empty for a regression, and for several targets
/// @param memoryBytes what the job is admitted with
/// @param recordBytes what its recordings will take on the disk
public record Plan(
        long parameters,
        int inputs,
        int outputs,
        List<String> classes,
        long trainingRows,
        long validationRows,
        long testRows,
        long steps,
        long stepsPerEpoch,
        long epochs,
        long memoryBytes,
        long recordBytes,
        List<PlanWarning> warnings) {

    public Plan {
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
    }

    public Progress.Length length() {
        return new Progress.Length(steps, epochs, (double) trainingRows / stepsPerEpoch);
    }

    /// Something in a request that is allowed and probably not meant.
    public record PlanWarning(String pointer, String code, String message) {}
}
