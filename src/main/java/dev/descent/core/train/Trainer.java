package dev.descent.core.train;

import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;

/// A training run: a pure function of its spec and its data.
public final class Trainer implements AutoCloseable {

    private final TrainingSpec spec;
    private final TrainingData data;
    private final Network network;
    private final Objective objective;
    private final Evaluation evaluation;
    private double learningRate;
    private Attempt attempt;

    private Trainer(TrainingSpec spec, TrainingData data) {
        this.spec = spec;
        this.data = data;
        int capacity = spec.capacity(data.rows(), data.validationRows());
        network = Network.create(spec.network(), spec.precision(), capacity, spec.threads());
        objective = new Objective(spec.loss(), spec.precision());
        evaluation = new Evaluation(network, objective, capacity, data.training());
        learningRate = spec.update().optimizer().learningRate();
        attempt = attempt();
    }

    /// Draws or copies the weights and makes every buffer of the run.
    public static Trainer start(TrainingSpec spec, TrainingData data) {
        Fit.require(spec, data);
        return new Trainer(spec, data);
    }

    /// Trains until the spec's length is reached, the spec or the observer wants to stop, or a number stops being
    /// finite and there is no remedy.
    public Outcome run(TrainingObserver observer) {
        for (int restarts = 0; ; restarts++) {
            Outcome outcome = attempt.run(observer, restarts);
            if (outcome.end() != Outcome.End.DIVERGED
                    || !(spec.supervision().divergence() instanceof DivergenceRemedy.Restart remedy)
                    || restarts == remedy.attempts()) {
                return outcome;
            }
            learningRate /= remedy.divideBy();
            attempt = attempt();
            observer.onRestart(outcome, learningRate);
        }
    }

    private Attempt attempt() {
        return new Attempt(spec, data, network, objective, evaluation, learningRate);
    }

    /// The network in training; between steps, and after the run, its weights are the run's latest.
    public Network network() {
        return network;
    }

    /// The loss, without penalties, over all training rows with the weights as they are.
    public double trainingLoss() {
        return evaluation.over(data.training(), null);
    }

    @Override
    public void close() {
        network.close();
    }
}
