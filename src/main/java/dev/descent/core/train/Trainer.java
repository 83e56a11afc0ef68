package dev.descent.core.train;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.optim.OptimizerRun;
import dev.descent.core.random.NumpyRandom;
import java.util.List;

/// A training run: a pure function of its spec and its data.
public final class Trainer implements AutoCloseable {

    private final TrainingSpec spec;
    private final TrainingData data;
    private final Network network;
    private final Objective objective;
    private final OptimizerRun optimizer;
    private final NumpyRandom random;
    private final BatchSource batches;
    private final Evaluation evaluation;
    private final CurrentStep current = new CurrentStep();

    private Trainer(TrainingSpec spec, TrainingData data, Network network, NumpyRandom random) {
        this.spec = spec;
        this.data = data;
        this.network = network;
        objective = new Objective(spec.loss(), spec.precision());
        optimizer = OptimizerRun.start(spec.optimizer(), network.parameters(), spec.precision());
        this.random = random;
        batches = new BatchSource(spec.batches(), spec.batchSize(data.rows()), data, random);
        evaluation = new Evaluation(
                network, objective, data.targets().columns(), spec.capacity(data.rows(), data.validationRows()));
    }

    /// Draws or copies the weights and makes every buffer of the run.
    public static Trainer start(TrainingSpec spec, TrainingData data) {
        requireFit(spec, data);
        Network network = Network.create(
                spec.network(), spec.precision(), spec.capacity(data.rows(), data.validationRows()), spec.threads());
        NumpyRandom random = new NumpyRandom(spec.seed());
        List<LayerWeights> given = spec.initialWeights();
        if (given == null) {
            network.initialize(random);
        } else {
            network.load(given);
        }
        return new Trainer(spec, data, network, random);
    }

    /// Trains until the spec's length is reached, the observer asks to stop, or a number stops being finite.
    public Outcome run(TrainingObserver observer) {
        long steps = spec.steps(data.rows());
        long stepsPerEpoch = spec.stepsPerEpoch(data.rows());
        double rate = spec.optimizer().learningRate();
        long step = 0;
        for (long epoch = 0; step < steps; epoch++) {
            double sumOfLosses = 0;
            long end = Math.min(step + stepsPerEpoch, steps);
            long first = step;
            for (batches.beginEpoch(); step < end; step++) {
                double datasetLoss =
                        datasetLossWanted(step) ? evaluation.over(data.inputs(), data.targets()) : Double.NaN;
                batches.next();
                Matrix output = network.forwardTraining(batches.inputs(), random);
                double loss = objective.evaluate(output, batches.targets(), null, network.outputGradient());
                network.backward();
                sumOfLosses += loss;
                boolean goOn = observer.onStep(current.at(step, epoch, loss, datasetLoss, rate));
                if (!Double.isFinite(loss)) {
                    return new Outcome(Outcome.End.DIVERGED, step, epoch + 1);
                }
                if (!goOn) {
                    return new Outcome(Outcome.End.STOPPED, step, epoch + 1);
                }
                optimizer.step(rate);
            }
            observer.onEpoch(new Epoch(epoch, step, sumOfLosses / (step - first), validationLoss()));
        }
        boolean finite = network.firstNonFiniteLayer() == null;
        return new Outcome(
                finite ? Outcome.End.COMPLETED : Outcome.End.DIVERGED, step, Math.ceilDiv(step, stepsPerEpoch));
    }

    /// The network in training; between steps, and after the run, its weights are the run's latest.
    public Network network() {
        return network;
    }

    /// The objective over all training rows with the weights as they are.
    public double trainingLoss() {
        return evaluation.over(data.inputs(), data.targets());
    }

    /// The objective over the held-out rows with the weights as they are; NaN without such rows.
    public double validationLoss() {
        Matrix inputs = data.validationInputs();
        Matrix targets = data.validationTargets();
        return inputs == null || targets == null ? Double.NaN : evaluation.over(inputs, targets);
    }

    @Override
    public void close() {
        network.close();
    }

    private boolean datasetLossWanted(long step) {
        return spec.datasetLossEvery() > 0 && step % spec.datasetLossEvery() == 0;
    }

    private static void requireFit(TrainingSpec spec, TrainingData data) {
        requireColumns("inputs", data.inputs().columns(), spec.network().inputs());
        requireColumns(
                "targets",
                data.targets().columns(),
                spec.loss().targets(spec.network().outputs()));
        int size = spec.batchSize(data.rows());
        if (size > data.rows()) {
            throw new InvalidSpec(
                    "/batches/size",
                    "batch-too-large",
                    "a batch of " + size + " rows is larger than the " + data.rows() + " training rows",
                    size);
        }
        int last = data.rows() % size == 0 || !(spec.batches() instanceof Batches.Shuffled) ? size : data.rows() % size;
        if (spec.network().normalizesBatches() && last < 2) {
            throw new InvalidSpec(
                    "/batches/size",
                    "batch-too-small",
                    "batch normalisation needs at least 2 rows in every batch; with " + data.rows()
                            + " training rows and this size the " + (size == 1 ? "batches have" : "last one has")
                            + " 1",
                    size);
        }
    }

    private static void requireColumns(String what, int found, int expected) {
        if (found != expected) {
            throw new InvalidSpec(
                    "/network", "shape", "the network has " + expected + " " + what + ", the data " + found, found);
        }
    }

    /// The one [Step] of this run.
    private final class CurrentStep implements Step {

        private long index;
        private long epoch;
        private double batchLoss;
        private double datasetLoss;
        private double learningRate;

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
}
