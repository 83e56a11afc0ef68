package dev.descent.core.train;

import org.jspecify.annotations.Nullable;

/// The one [Epoch] of a run, which measures what its spec wants measured.
final class CurrentEpoch implements Epoch {

    private final TrainingData data;
    private final Evaluation evaluation;
    private final @Nullable Score training;
    private final @Nullable Score validation;
    private long index;
    private long steps;
    private double trainingLoss;
    private double validationLoss;
    private double learningRate;

    CurrentEpoch(TrainingSpec spec, TrainingData data, Evaluation evaluation) {
        this.data = data;
        this.evaluation = evaluation;
        boolean measured = !spec.supervision().metrics().isEmpty();
        training = measured ? score(spec, data.training()) : null;
        validation = measured && data.validation() != null ? score(spec, data.validation()) : null;
    }

    private static Score score(TrainingSpec spec, ExampleSet examples) {
        return new Score(
                spec.loss(), spec.supervision().metrics(), examples.targets().columns());
    }

    /// Takes what the steps of the epoch left, and passes the rows to be measured through the network.
    Epoch end(long index, long steps, double trainingLoss, double learningRate) {
        this.index = index;
        this.steps = steps;
        this.trainingLoss = trainingLoss;
        this.learningRate = learningRate;
        ExampleSet heldOut = data.validation();
        validationLoss = heldOut == null ? Double.NaN : evaluation.over(heldOut, validation);
        if (training != null) {
            evaluation.over(data.training(), training);
        }
        return this;
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public double trainingLoss() {
        return trainingLoss;
    }

    @Override
    public double validationLoss() {
        return validationLoss;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public double training(Metric metric) {
        return training == null ? Double.NaN : training.value(metric);
    }

    @Override
    public double validation(Metric metric) {
        return validation == null ? Double.NaN : validation.value(metric);
    }
}
