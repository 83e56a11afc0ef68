package dev.descent.core.lint;

import java.util.List;

/// A look at a run between two steps.
///
/// @param step updates made
/// @param rows how many rows were passed through the network
/// @param rowNumbers what each of them is called in the dataset
/// @param loss over these rows
/// @param firstLoss what it was in the first epoch; NaN before that has ended
/// @param inputs each row's inputs, named by `inputNames`
record Observation(
        long step,
        int rows,
        int[] rowNumbers,
        double loss,
        double firstLoss,
        double[][] inputs,
        List<String> inputNames,
        List<LayerView> layers) {}
