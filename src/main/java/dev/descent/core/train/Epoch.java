package dev.descent.core.train;

/// What an epoch that has ended left behind.
///
/// @param index counted from 0
/// @param steps steps done so far
/// @param trainingLoss mean of the batch losses of this epoch's steps
/// @param validationLoss the objective over the held-out rows with the weights the epoch ended with; NaN without such
/// rows
public record Epoch(long index, long steps, double trainingLoss, double validationLoss) {}
