package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// The rows of a run, one example a row, in the run's precision; targets as the loss wants them (one-hot for classes).
public record TrainingData(
        Matrix inputs,
        Matrix targets,
        @Nullable Matrix validationInputs,
        @Nullable Matrix validationTargets) {

    public TrainingData {
        if (inputs.rows() != targets.rows() || inputs.rows() == 0) {
            throw new InvalidSpec(
                    "",
                    "shape",
                    "inputs have " + inputs.rows() + " rows, targets " + targets.rows()
                            + "; both need the same, at least 1");
        }
    }

    /// The number of training rows.
    public int rows() {
        return inputs.rows();
    }

    /// The number of held-out rows.
    public int validationRows() {
        return validationInputs == null ? 0 : validationInputs.rows();
    }
}
