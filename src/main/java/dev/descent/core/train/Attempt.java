package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Parameter;
import dev.descent.core.optim.Closure;
import dev.descent.core.optim.GradientClipper;
import dev.descent.core.optim.OptimizerRun;
import dev.descent.core.optim.Regularizer;
import dev.descent.core.optim.ScheduleRun;
import dev.descent.core.optim.StateWalk;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A run from its first step on, with a learning rate of its own.
final class Attempt {

    private final TrainingSpec spec;
    private final TrainingData data;
    private final Network network;
    private final Objective objective;
    private final Evaluation evaluation;
    private final NumpyRandom random;
    private final NumpyRandom batchRandom; // [#random] where batches have no stream of their own
    private final BatchSource batches;
    private final ScheduleRun schedule;
    private final Regularizer regularizer;
    private final @Nullable GradientClipper clipper;
    private final OptimizerRun optimizer;
    private final FiniteGuard guard;
    private final Stopping stopping;
    private final Closure again = this::evaluateAgain;
    private final CurrentStep currentStep;
    private final CurrentEpoch currentEpoch;
    private final int[] randomState = new int[NumpyRandom.STATE_WORDS];
    private final int[] batchRandomState;
    private final long steps;
    private final long stepsPerEpoch;
    private long step; // updates made
    private long epoch; // the one that [#step] is in, or ends
    private double sumOfLosses; // of this epoch
    private double rate; // of the last step
    private boolean betweenSteps = true;

    /// Makes every buffer; weights come with [#begin], [#walk] or [#fork].
    Attempt(
            TrainingSpec spec,
            TrainingData data,
            Network network,
            Objective objective,
            Evaluation evaluation,
            double learningRate) {
        this.spec = spec;
        this.data = data;
        this.network = network;
        this.objective = objective;
        this.evaluation = evaluation;
        steps = spec.steps(data.rows());
        stepsPerEpoch = spec.stepsPerEpoch(data.rows());
        random = new NumpyRandom(spec.seed());
        Long batchSeed = spec.batchSeed();
        batchRandom = batchSeed == null ? random : new NumpyRandom(batchSeed);
        batchRandomState = batchSeed == null ? randomState : new int[NumpyRandom.STATE_WORDS];
        Update update = spec.update();
        List<Parameter> parameters = network.parameters();
        batches = new BatchSource(spec.batches(), spec.batchSize(data.rows()), data, batchRandom);
        schedule = ScheduleRun.start(update.schedule(), learningRate, steps, stepsPerEpoch);
        regularizer = regularizer(spec, network);
        clipper = update.clipping() == null
                ? null
                : GradientClipper.start(update.clipping(), parameters, spec.precision());
        optimizer = OptimizerRun.start(update.optimizer(), network);
        guard = new FiniteGuard(network, update.optimizer());
        stopping = new Stopping(spec.supervision().stopping(), network);
        currentStep = new CurrentStep(network);
        currentEpoch = new CurrentEpoch(spec, data, evaluation);
    }

    static Regularizer regularizer(TrainingSpec spec, Network network) {
        return Regularizer.start(
                spec.update().regularization(),
                network.parameters().stream()
                        .filter(one -> one.role() == Parameter.Role.WEIGHTS)
                        .toList(),
                network.parameters().stream()
                        .filter(one -> one.role() != Parameter.Role.WEIGHTS)
                        .toList(),
                spec.precision());
    }

    /// Draws or copies the weights.
    void begin() {
        begin(network, spec, random);
    }

    static void begin(Network network, TrainingSpec spec, NumpyRandom random) {
        List<LayerWeights> given = spec.initialWeights();
        if (given == null) {
            network.initialize(random);
        } else {
            network.load(given);
        }
    }

    /// Takes `walk` past everything that the next step depends on, the data apart.
    void walk(StateWalk walk) {
        walkCommon(walk);
        optimizer.walk(walk);
        schedule.walk(walk);
        stopping.walk(walk);
    }

    /// What every run of one network, loss, batches and seed has.
    private void walkCommon(StateWalk walk) {
        List<Matrix> stored = network.stored();
        for (int i = 0; i < stored.size(); i++) {
            walk.matrix("network.stored", i, stored.get(i));
        }
        random.save(randomState);
        walk.integers("random.state", randomState, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (batchRandom != random) {
            batchRandom.save(batchRandomState);
            walk.integers("batches.randomState", batchRandomState, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        batches.walk(walk);
        step = walk.integer(Checkpoint.STEPS, step, 0, steps);
        long least = Math.max(Math.ceilDiv(step, stepsPerEpoch) - 1, 0);
        epoch = walk.integer("position.epoch", epoch, least, step / stepsPerEpoch);
        sumOfLosses = walk.number("position.sumOfLosses", sumOfLosses);
        rate = walk.number("position.learningRate", rate);
    }

    /// Brings back what goes on under this spec, and leaves the rest.
    void fork(Restoration kept, boolean sameOptimizer, boolean sameSchedule, boolean sameStopping) {
        walkCommon(kept);
        carry(kept, "optimizer.", sameOptimizer, optimizer::walk);
        carry(kept, "schedule.", sameSchedule, schedule::walk);
        carry(kept, "earlyStopping.", sameStopping, stopping::walk);
    }

    private static void carry(Restoration kept, String name, boolean same, Consumer<StateWalk> part) {
        if (same && kept.fits(part)) {
            part.accept(kept);
        }
        kept.leave(name);
    }

    /// Call when a walk has brought everything back.
    void begin(Restoration kept) throws DamagedCheckpoint {
        kept.finish();
        try {
            random.restore(randomState);
            batchRandom.restore(batchRandomState);
        } catch (IllegalArgumentException e) {
            throw new DamagedCheckpoint("its random state is none: " + e.getMessage());
        }
    }

    void requireBetweenSteps() {
        if (!betweenSteps) {
            throw new IllegalStateException("a run can be saved between two steps only, and not when it is over");
        }
    }

    /// Refuses a run that its early stopping would end where it begins.
    void requireNotStopped() {
        if (!isInEpoch() && stopping.isReached()) {
            throw new InvalidSpec(
                    "/earlyStopping",
                    "nothing-to-do",
                    "the run was stopped by this rule: give it more patience, or leave it out");
        }
    }

    /// Whether the epoch has begun, and not ended.
    private boolean isInEpoch() {
        return step > epoch * stepsPerEpoch;
    }

    /// Trains from wherever the run is until the spec's length is reached or something ends it before.
    Outcome run(TrainingObserver observer, int restarts) {
        boolean cutShort = false;
        while (isInEpoch() || (step < steps && !stopping.isReached())) {
            if (!isInEpoch()) {
                batches.beginEpoch();
                sumOfLosses = 0;
            }
            long first = epoch * stepsPerEpoch;
            long end = Math.min(first + stepsPerEpoch, steps);
            while (step < end) {
                betweenSteps = false;
                Divergence divergence = takeStep(observer);
                if (divergence != null) {
                    return ended(Outcome.End.DIVERGED, epoch + 1, divergence, restarts);
                }
                betweenSteps = true;
                if (!observer.afterStep(step)) {
                    return ended(Outcome.End.STOPPED, epoch + 1, null, restarts);
                }
            }
            cutShort = end - first < stepsPerEpoch;
            if (cutShort) {
                observer.onEnd();
            }
            betweenSteps = false;
            endEpoch(first, observer);
            betweenSteps = !cutShort;
        }
        if (!cutShort) {
            observer.onEnd();
        }
        betweenSteps = false;
        return ended(stopping.isReached() ? Outcome.End.EARLY_STOPPED : Outcome.End.COMPLETED, epoch, null, restarts);
    }

    /// One step; null where the update was made.
    private @Nullable Divergence takeStep(TrainingObserver observer) {
        double datasetLoss = datasetLoss(step);
        batches.next();
        rate = schedule.rate(step);
        Matrix output = network.forwardTraining(batches.inputs(), random);
        double loss = backward(output);
        sumOfLosses += loss;
        observer.onStep(currentStep.at(step, epoch, loss, datasetLoss, rate));
        Divergence divergence = update(observer, step, rate, loss);
        if (divergence == null) {
            step++;
        }
        return divergence;
    }

    private void endEpoch(long first, TrainingObserver observer) {
        Epoch ended = currentEpoch.end(epoch, step, sumOfLosses / (step - first), rate);
        schedule.onEpoch(data.validation() == null ? ended.trainingLoss() : ended.validationLoss());
        observer.onEpoch(ended);
        stopping.after(ended);
        epoch++;
    }

    private double datasetLoss(long step) {
        long every = spec.supervision().datasetLossEvery();
        return every > 0 && step % every == 0
                ? evaluation.over(data.training(), null) + regularizer.penalty()
                : Double.NaN;
    }

    /// The objective of the batch whose output this is; leaves its gradient in the parameters.
    private double backward(Matrix output) {
        double loss = objective.evaluate(output, batches.targets(), batches.weights(), network.outputGradient());
        network.backward();
        return loss + regularizer.penalize();
    }

    /// The objective of the same batch with the parameters as they are now; leaves its gradient.
    private double evaluateAgain() {
        return backward(network.forwardAgain(batches.inputs()));
    }

    /// Takes the step, unless a number has stopped being finite or would do so.
    private @Nullable Divergence update(TrainingObserver observer, long step, double rate, double loss) {
        Divergence divergence = guard.afterBackward(step, loss);
        if (divergence != null) {
            return divergence;
        }
        if (clipper != null) {
            clipper.clip();
        }
        guard.beforeUpdate(rate);
        optimizer.step(rate, loss, again);
        regularizer.project();
        observer.onUpdate();
        return guard.afterUpdate(step, rate);
    }

    /// The batch of the step that is being taken.
    BatchSource batches() {
        return batches;
    }

    OptimizerRun optimizer() {
        return optimizer;
    }

    /// What regularisation adds to the objective with the weights as they are.
    double penalty() {
        return regularizer.penalty();
    }

    /// How many updates were made.
    long made() {
        return step;
    }

    private Outcome ended(Outcome.End end, long epochs, @Nullable Divergence divergence, int restarts) {
        boolean natural = end == Outcome.End.COMPLETED || end == Outcome.End.EARLY_STOPPED;
        return new Outcome(end, step, epochs, divergence, natural ? stopping.restore() : null, restarts);
    }
}
