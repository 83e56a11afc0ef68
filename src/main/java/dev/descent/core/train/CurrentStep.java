package dev.descent.core.train;

import dev.descent.core.nn.Network;

/// The one [Step] of a run.
final class CurrentStep implements Step {

    private final Network network;
    private long index;
    private long epoch;
    private double batchLoss;
    private double datasetLoss;
    private double learningRate;

    CurrentStep(Network network) {
        this.network = network;
    }

    Step at(long index, long epoch, double batchLoss, double datasetLoss, double learningRate) {
        this.index = index;
        this.epoch = epoch;
        this.batchLoss = batchLoss;
        this.datasetLoss = datasetLoss;
        this.learningRate = learningRate;
        return this;
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public double batchLoss() {
        return batchLoss;
    }

    @Override
    public double datasetLoss() {
        return datasetLoss;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public Network network() {
        return network;
    }
}
