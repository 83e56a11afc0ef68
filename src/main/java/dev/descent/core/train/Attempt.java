package dev.descent.core.train;

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
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run from its first step on, with a learning rate of its own.
final class Attempt {

    private final TrainingSpec spec;
    private final TrainingData data;
    private final Network network;
    private final Objective objective;
    private final Evaluation evaluation;
    private final NumpyRandom random;
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
    private final long steps;
    private final long stepsPerEpoch;

    /// Draws or copies the weights, and makes every buffer.
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
        List<LayerWeights> given = spec.initialWeights();
        if (given == null) {
            network.initialize(random);
        } else {
            network.load(given);
        }
        Update update = spec.update();
        List<Parameter> parameters = network.parameters();
        batches = new BatchSource(spec.batches(), spec.batchSize(data.rows()), data, random);
        schedule = ScheduleRun.start(update.schedule(), learningRate, steps, stepsPerEpoch);
        regularizer = Regularizer.start(
                update.regularization(),
                parameters.stream()
                        .filter(one -> one.role() == Parameter.Role.WEIGHTS)
                        .toList(),
                parameters.stream()
                        .filter(one -> one.role() != Parameter.Role.WEIGHTS)
                        .toList(),
                spec.precision());
        clipper = update.clipping() == null
                ? null
                : GradientClipper.start(update.clipping(), parameters, spec.precision());
        optimizer = OptimizerRun.start(update.optimizer(), network);
        guard = new FiniteGuard(network, update.optimizer());
        stopping = new Stopping(spec.supervision().stopping(), network);
        currentStep = new CurrentStep(network);
        currentEpoch = new CurrentEpoch(spec, data, evaluation);
    }

    /// Trains until the spec's length is reached or something ends it before.
    Outcome run(TrainingObserver observer, int restarts) {
        long step = 0;
        for (long epoch = 0; step < steps; epoch++) {
            long first = step;
            long end = Math.min(step + stepsPerEpoch, steps);
            double sumOfLosses = 0;
            double rate = 0;
            for (batches.beginEpoch(); step < end; step++) {
                double datasetLoss = datasetLoss(step);
                batches.next();
                rate = schedule.rate(step);
                Matrix output = network.forwardTraining(batches.inputs(), random);
                double loss = backward(output);
                sumOfLosses += loss;
                if (!observer.onStep(currentStep.at(step, epoch, loss, datasetLoss, rate))) {
                    return ended(Outcome.End.STOPPED, step, epoch, null, restarts);
                }
                Divergence divergence = update(step, rate, loss);
                if (divergence != null) {
                    return ended(Outcome.End.DIVERGED, step, epoch, divergence, restarts);
                }
            }
            Epoch ended = currentEpoch.end(epoch, step, sumOfLosses / (step - first), rate);
            schedule.onEpoch(data.validation() == null ? ended.trainingLoss() : ended.validationLoss());
            observer.onEpoch(ended);
            if (stopping.after(ended)) {
                return ended(Outcome.End.EARLY_STOPPED, step, epoch, null, restarts);
            }
        }
        return ended(Outcome.End.COMPLETED, step, Math.ceilDiv(step, stepsPerEpoch) - 1, null, restarts);
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
    private @Nullable Divergence update(long step, double rate, double loss) {
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
        return guard.afterUpdate(step, rate);
    }

    private Outcome ended(Outcome.End end, long steps, long epoch, @Nullable Divergence divergence, int restarts) {
        boolean natural = end == Outcome.End.COMPLETED || end == Outcome.End.EARLY_STOPPED;
        return new Outcome(end, steps, epoch + 1, divergence, natural ? stopping.restore() : null, restarts);
    }
}
