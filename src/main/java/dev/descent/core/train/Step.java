package dev.descent.core.train;

import dev.descent.core.nn.Network;

/// One step of a run, seen before its update. A view: the same object serves every step.
public interface Step {

    /// Counted from 0.
    long index();

    /// Counted from 0.
    long epoch();

    /// The objective over the batch.
    double batchLoss();

    /// The objective over all training rows; NaN where the spec did not ask for it at this step.
    double datasetLoss();

    double learningRate();

    /// The network, its parameters' values and gradients as of this step.
    Network network();
}
