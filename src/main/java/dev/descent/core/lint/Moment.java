package dev.descent.core.lint;

/// When a run's losses are judged.
///
/// @param step updates made
/// @param learningRate of the latest step
/// @param exact whether the loss of an epoch is that of all rows, with nothing drawn: it goes down where the rate is
///     small enough
/// @param late whether at least half of the run is over
record Moment(long step, double learningRate, boolean exact, boolean late) {}
