package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.random.NumpyRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A training run: a pure function of its spec and its data, which may be interrupted between any two steps.
///
/// ```java
/// try (Trainer trainer = Trainer.start(spec, data)) {
///     trainer.run(observer);          // whose afterStep calls trainer.save(checkpoint)
/// }
/// try (Trainer trainer = Trainer.resume(spec, data, checkpoint)) {
///     trainer.run(observer);          // the same steps, losses, gradients and weights as if nothing had happened
/// }
/// ```
public final class Trainer implements AutoCloseable {

    private final TrainingSpec spec;
    private final TrainingData data;
    private final Network network;
    private final Objective objective;
    private final Evaluation evaluation;
    private final SpecText text;
    private double learningRate;
    private int restarts;
    private Attempt attempt;

    private Trainer(TrainingSpec spec, TrainingData data, SpecText text, double learningRate, int restarts) {
        this.spec = spec;
        this.data = data;
        this.text = text;
        this.learningRate = learningRate;
        this.restarts = restarts;
        int capacity = spec.capacity(data.rows(), data.validationRows());
        network = Network.create(spec.network(), spec.precision(), capacity, spec.threads());
        objective = new Objective(spec.loss(), spec.precision());
        evaluation = new Evaluation(network, objective, capacity, data.training());
        attempt = attempt();
    }

    /// Draws or copies the weights and makes every buffer of the run.
    public static Trainer start(TrainingSpec spec, TrainingData data) {
        Fit.require(spec, data);
        var trainer = new Trainer(
                spec, data, SpecText.of(spec, data), spec.update().optimizer().learningRate(), 0);
        trainer.attempt.begin();
        return trainer;
    }

    /// The digest ([Network#digest]) of the weights that a run of `spec` begins with.
    public static String initialDigest(TrainingSpec spec) {
        try (Network network = Network.create(spec.network(), spec.precision(), 1, 1)) {
            Attempt.begin(network, spec, new NumpyRandom(spec.seed()));
            return network.digest();
        }
    }

    /// Makes every buffer of the run and goes on where it was saved, to the same bits. `spec` and `data` are those it
    /// was started with, but for `threads`. The numbers of the data and the initial weights are not compared.
    ///
    /// @throws InvalidSpec where the checkpoint is of a run with another spec
    public static Trainer resume(TrainingSpec spec, TrainingData data, Checkpoint checkpoint) throws DamagedCheckpoint {
        Fit.require(spec, data);
        var kept = new Restoration(checkpoint);
        SpecText text = SpecText.of(spec, data);
        text.requireSame(text.restore(kept));
        RunRates rates = RunRates.restore(kept);
        var trainer = new Trainer(spec, data, text, rates.present(), rates.restarts());
        try {
            trainer.attempt.walk(kept);
            trainer.attempt.begin(kept);
            return trainer;
        } catch (DamagedCheckpoint | RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    /// Makes every buffer and goes on where another run was saved, under a spec that may differ from that run's in
    /// length, update, supervision and threads.
    ///
    /// What an optimizer, a schedule or an early stopping remembers goes on in one of the same kind that
    /// remembers as much; any other begins anew. Another learning rate takes the place of one that was
    /// divided on divergence or reduced on a plateau. Should the run diverge and begin again, it begins at
    /// step 0 with weights of its own.
    ///
    /// @throws InvalidSpec where the spec differs in anything else, or leaves nothing to do
    public static Trainer fork(TrainingSpec spec, TrainingData data, Checkpoint checkpoint) throws DamagedCheckpoint {
        Fit.require(spec, data);
        var kept = new Restoration(checkpoint);
        SpecText text = SpecText.of(spec, data);
        SpecText saved = text.restore(kept);
        text.requireForkOf(saved);
        long steps = spec.steps(data.rows());
        if (checkpoint.steps() >= steps) {
            throw new InvalidSpec(
                    SpecText.pointer(spec.length()),
                    "nothing-to-do",
                    "the checkpoint is at step " + checkpoint.steps() + ", and these are " + steps
                            + "; a fork has to be longer",
                    spec.length().count());
        }
        RunRates rates = RunRates.restore(kept);
        double first = spec.update().optimizer().learningRate();
        boolean sameRate = first == rates.first();
        var trainer =
                new Trainer(spec, data, text, sameRate ? rates.present() : first, sameRate ? rates.restarts() : 0);
        try {
            trainer.attempt.fork(
                    kept,
                    text.hasOptimizerLike(saved),
                    sameRate && text.hasScheduleLike(saved),
                    text.hasEarlyStoppingLike(saved));
            trainer.attempt.begin(kept);
            trainer.attempt.requireNotStopped();
            return trainer;
        } catch (DamagedCheckpoint | RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    /// Copies everything that the next step depends on. To be called between two steps: before [#run], within
    /// [TrainingObserver#afterStep], [TrainingObserver#onEnd] and [TrainingObserver#onRestart], or after a run
    /// that the observer stopped.
    public void save(Checkpoint into) {
        attempt.requireBetweenSteps();
        Capture walk = into.begin();
        text.keep(walk);
        RunRates.keep(walk, learningRate, spec.update().optimizer().learningRate(), restarts);
        attempt.walk(walk);
        into.end();
    }

    /// Trains until the spec's length is reached, the spec or the observer wants to stop, or a number stops being
    /// finite and there is no remedy. A run that the observer stopped goes on when this is called again.
    public Outcome run(TrainingObserver observer) {
        while (true) {
            Outcome outcome = attempt.run(observer, restarts);
            if (outcome.end() != Outcome.End.DIVERGED
                    || !(spec.supervision().divergence() instanceof DivergenceRemedy.Restart remedy)
                    || restarts >= remedy.attempts()) {
                return outcome;
            }
            learningRate /= remedy.divideBy();
            restarts++;
            attempt = attempt();
            attempt.begin();
            observer.onRestart(outcome, learningRate);
        }
    }

    /// Trains up to one step, counted from 0, takes it, and tells all its numbers; then the run is not to be used any
    /// more. What is told is what the run that nobody looked at computed, to the last bit.
    ///
    /// @param restarts how often the run is to diverge and begin again before the step that is meant
    /// @param goesOn asked every step; false gives up
    /// @return null where the run ended before that step, or was given up
    /// @throws InvalidSpec where it diverged before that step and began again, once more than was meant
    public @Nullable StepTrace trace(int restarts, long step, Excerpt excerpt, BooleanSupplier goesOn) {
        if (restarts == 0 && attempt.made() > step) {
            throw new IllegalArgumentException("the run is at step " + attempt.made() + ", past " + step);
        }
        var tracer = new StepTracer(this, this.restarts + restarts, step, excerpt, goesOn);
        return tracer.trace(run(tracer));
    }

    /// How often the run has begun again.
    int restarts() {
        return restarts;
    }

    /// The run since it began, or began again.
    Attempt current() {
        return attempt;
    }

    Objective objective() {
        return objective;
    }

    /// Whether gradients are clipped.
    boolean clips() {
        return spec.update().clipping() != null;
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
