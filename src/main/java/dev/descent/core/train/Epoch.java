package dev.descent.core.train;

/// What an epoch that has ended left behind. A view: the same object serves every epoch.
public interface Epoch {

    /// Counted from 0.
    long index();

    /// Steps done so far.
    long steps();

    /// Mean of the objectives of this epoch's steps.
    double trainingLoss();

    /// The loss, without penalties, over the held-out rows with the weights the epoch ended with; NaN without such
    /// rows.
    double validationLoss();

    /// The learning rate of the epoch's last step.
    double learningRate();

    /// A metric of the run's spec over the training rows, with the weights the epoch ended with.
    double training(Metric metric);

    /// The same over the held-out rows; NaN without such rows.
    double validation(Metric metric);
}
