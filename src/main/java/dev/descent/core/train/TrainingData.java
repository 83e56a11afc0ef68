package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// The rows of a run in the run's precision; targets as the loss wants them (one-hot for classes).
///
/// @param validation held-out rows; null for none
public record TrainingData(ExampleSet training, @Nullable ExampleSet validation) {

    /// Rows that weigh 1 each; null, or no rows, for no validation.
    public TrainingData(
            Matrix inputs, Matrix targets, @Nullable Matrix validationInputs, @Nullable Matrix validationTargets) {
        this(
                new ExampleSet(inputs, targets, null),
                validationInputs == null || validationTargets == null || validationInputs.rows() == 0
                        ? null
                        : new ExampleSet(validationInputs, validationTargets, null));
    }

    /// The number of training rows.
    public int rows() {
        return training.rows();
    }

    /// The number of held-out rows.
    public int validationRows() {
        return validation == null ? 0 : validation.rows();
    }
}
