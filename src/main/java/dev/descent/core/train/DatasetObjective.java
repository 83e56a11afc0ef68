package dev.descent.core.train;

import dev.descent.core.nn.FlatWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.optim.Regularizer;

/// The objective of a run over all its training rows, penalties included, at any weights: what `record.loss.over:
/// dataset` records, and the function whose surface a run walks on.
///
/// For one thread at a time.
public final class DatasetObjective implements AutoCloseable {

    private final Network network;
    private final ExampleSet rows;
    private final Evaluation evaluation;
    private final Regularizer regularizer;

    /// Batch normalisations have the statistics of an untrained network, 0 and 1, until others are taken.
    public DatasetObjective(TrainingSpec spec, TrainingData data) {
        int capacity = Math.min(data.rows(), TrainingSpec.EVALUATION_ROWS);
        network = Network.create(spec.network(), spec.precision(), capacity, spec.threads());
        rows = data.training();
        evaluation = new Evaluation(network, new Objective(spec.loss(), spec.precision()), capacity, rows);
        regularizer = Attempt.regularizer(spec, network);
    }

    /// Takes the running statistics of batch normalisations.
    public void takeStatistics(FlatWeights weights) {
        weights.loadStatistics(network);
    }

    /// The objective at these parameters, rounded to the run's precision.
    public double at(double[] parameters) {
        FlatWeights.loadParameters(parameters, network);
        return evaluation.over(rows, null) + regularizer.penalty();
    }

    @Override
    public void close() {
        network.close();
    }
}
