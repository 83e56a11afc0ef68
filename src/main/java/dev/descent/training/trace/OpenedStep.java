package dev.descent.training.trace;

import dev.descent.core.train.StepTrace;
import java.util.List;

/// A step that was taken again, and what its columns and rows are called in the dataset.
///
/// @param from how many updates the checkpoint had made from which it was replayed; 0 for the start
/// @param inputs the name of each input
/// @param targets the name of each target column
/// @param rows which row of the dataset each row told is
record OpenedStep(
        Location place, StepTrace trace, long from, List<String> inputs, List<String> targets, List<Integer> rows) {}
