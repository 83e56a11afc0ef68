package dev.descent.training.plan;

import dev.descent.core.Default;
import dev.descent.core.data.Scaling;

/// How numbers are put on another scale before training, fitted on the training rows.
record Preprocessing(
        @Default("none") Scaling features, @Default("none") Scaling target) {}
