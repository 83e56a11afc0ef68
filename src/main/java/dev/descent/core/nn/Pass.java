package dev.descent.core.nn;

/// What a forward pass is for.
enum Pass {
    /// To predict: dropout does nothing, batch normalisation uses its running statistics.
    EVALUATION,
    /// A step of training: dropout draws a mask, batch normalisation uses the batch's statistics and lets the running
    /// ones follow.
    TRAINING,
    /// The training pass once more with other parameters: the same masks, the running statistics left alone.
    REPETITION
}
