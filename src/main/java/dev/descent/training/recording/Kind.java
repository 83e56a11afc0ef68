package dev.descent.training.recording;

import java.util.Locale;

/// The series a run can record, each in a file of its own.
public enum Kind {
    /// The loss of every so many steps.
    LOSS,
    /// The loss over the held-out rows at the end of each epoch.
    VALIDATION,
    /// Gradients of every so many steps.
    GRADIENTS,
    /// Weights of every so many steps, as they were before the step's update.
    WEIGHTS;

    public String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
