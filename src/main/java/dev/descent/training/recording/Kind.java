package dev.descent.training.recording;

import java.util.Locale;

/// The series a run can record, each in a file of its own.
public enum Kind {
    /// The loss of every so many steps.
    LOSS,
    /// The loss over the held-out rows at the end of each epoch.
    VALIDATION,
    /// The learning rate of every step whose loss is recorded, where it changes.
    LEARNING_RATE,
    /// The metrics at the end of each epoch.
    METRICS,
    /// Gradients of every so many steps.
    GRADIENTS,
    /// Weights of every so many steps, as they were before the step's update.
    WEIGHTS,
    /// Activations of every so many steps, over the step's batch.
    ACTIVATIONS,
    /// What was left of a run that ended without a model: its last finite weights.
    LAST_WEIGHTS;

    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
