package dev.descent.core.train;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import dev.descent.core.optim.Warmup;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run to be interrupted: together they have everything that a step can depend on.
record ResumableRun(String name, TrainingSpec spec, TrainingData data) {

    private static final int ROWS = 50;
    private static final int HELD_OUT_ROWS = 20;
    private static final Loss SQUARED = new Loss.SquaredError(Reduction.MEAN, 1);
    private static final Optimizer ADAM = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0);
    private static final Optimizer MOMENTUM = new Optimizer.Momentum(0.02, 0.9, 0);
    private static final Batches SHUFFLED = new Batches.Shuffled(16);
    private static final Batches SAMPLED = new Batches.Sampled(7);
    private static final Batches FULL = new Batches.Full();
    private static final Length STEPS = new Length.Steps(42); // in the middle of an epoch of four steps

    static List<ResumableRun> all() {
        List<ResumableRun> runs = new ArrayList<>();
        for (ReferenceRun run : ReferenceRun.ALL) {
            runs.add(new ResumableRun("reference: " + run.name(), run.spec(1), run.data()));
        }
        for (Precision precision : Precision.values()) {
            for (Optimizer optimizer : EveryOptimizerTest.OPTIMIZERS) {
                Batches batches = optimizer.needsFullBatch() ? FULL : SHUFFLED;
                runs.add(run(precision + " " + optimizer, precision, Update.by(optimizer), batches, STEPS));
            }
            Update plainLbfgs = Update.by(new Optimizer.Lbfgs(0.1, 3, LineSearch.NONE));
            runs.add(run(precision + " " + plainLbfgs.optimizer(), precision, plainLbfgs, FULL, STEPS));
            runs.add(settling(precision));
            for (Update update : updates()) {
                runs.add(run(precision + " " + update, precision, update, SHUFFLED, new Length.Epochs(10)));
            }
            for (Supervision supervision : supervisions()) {
                for (Batches batches : List.of(SHUFFLED, SAMPLED, FULL)) {
                    runs.add(watched(precision, supervision, batches));
                }
            }
            runs.add(diverging(precision));
            runs.add(ordered(precision, SHUFFLED));
            runs.add(ordered(precision, SAMPLED));
        }
        return runs;
    }

    private static List<Update> updates() {
        Warmup warmup = new Warmup(5, 0.2);
        List<Update> updates = new ArrayList<>();
        for (Schedule schedule : List.of(
                new Schedule.Constant(warmup),
                new Schedule.Exponential(0.9, Schedule.Per.EPOCH, null),
                new Schedule.Step(7, 0.5, Schedule.Per.STEP, warmup),
                new Schedule.MultiStep(List.of(3L, 6L), 0.1, Schedule.Per.EPOCH, null),
                new Schedule.Polynomial(null, 2, 0, null),
                new Schedule.Cosine(null, 0.001, warmup),
                new Schedule.WarmRestarts(3, 2, 0, Schedule.Per.STEP, null),
                new Schedule.OneCycle(null, 0.3, 25, 1e4, null),
                new Schedule.ReduceOnPlateau(0.5, 1, 0.2, 1, 1e-5, warmup))) {
            updates.add(new Update(MOMENTUM, schedule, Regularization.NONE, null));
        }
        updates.add(new Update(
                new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0.5, true, 0.01),
                new Schedule.Constant(null),
                new Regularization(1e-3, 1e-2, true, 1.5),
                new GradientClipping.Norm(0.5)));
        return updates;
    }

    /// All of them watch closely.
    private static List<Supervision> supervisions() {
        DivergenceRemedy fail = new DivergenceRemedy.Fail();
        List<Metric> metrics = List.of(Metric.R2);
        return List.of(
                new Supervision(new EarlyStopping.LossChange(0.02, 3), fail, metrics, 3),
                new Supervision(new EarlyStopping.ValidationLoss(4, 0.002, true), fail, metrics, 1),
                new Supervision(new EarlyStopping.ValidationLoss(6, 0, false), fail, metrics, 0));
    }

    private static ResumableRun watched(Precision precision, Supervision supervision, Batches batches) {
        TrainingSpec spec = spec(
                layers(),
                null,
                new Update(
                        ADAM,
                        new Schedule.ReduceOnPlateau(0.5, 2, 0.05, 1, 0, null),
                        new Regularization(0, 1e-3, false, null),
                        new GradientClipping.Value(0.8)),
                batches,
                new Length.Epochs(batches instanceof Batches.Full ? 60 : 25),
                supervision,
                precision);
        return new ResumableRun(
                precision + " " + supervision + " " + batches, spec, data(precision, HELD_OUT_ROWS, true));
    }

    private static ResumableRun run(String name, Precision precision, Update update, Batches batches, Length length) {
        List<LayerSpec> layers = update.optimizer().needsFullBatch() ? plain() : layers();
        return new ResumableRun(
                name,
                spec(layers, null, update, batches, length, Supervision.NONE, precision),
                data(precision, 0, false));
    }

    /// Comes so close to the minimum that L-BFGS learns no more, and goes on with what it knows.
    private static ResumableRun settling(Precision precision) {
        Update update = Update.by(new Optimizer.Lbfgs(0.5, 2, LineSearch.NONE));
        return new ResumableRun(
                precision + " settling",
                spec(
                        List.of(dense(2, new Activation.Identity(), true)),
                        null,
                        update,
                        FULL,
                        new Length.Steps(25),
                        Supervision.NONE,
                        precision),
                data(precision, 0, false));
    }

    /// Diverges after some steps, twice.
    private static ResumableRun diverging(Precision precision) {
        LayerWeights line = new LayerWeights(new double[][] {{2, -1, 0.5}}, null);
        TrainingSpec spec = spec(
                List.of(dense(1, new Activation.Identity(), false)),
                List.of(line),
                new Update(new Optimizer.Momentum(40, 0.5, 0), new Schedule.Constant(null), Regularization.NONE, null),
                new Batches.Shuffled(25),
                new Length.Epochs(100),
                new Supervision(null, new DivergenceRemedy.Restart(10, 5), List.of(), 5),
                precision);
        TrainingData data = data(precision, 0, false);
        Matrix targets = Matrix.create(precision, ROWS, 1);
        return new ResumableRun(
                precision + " diverging",
                spec,
                new TrainingData(new ExampleSet(data.training().inputs(), targets, null), null));
    }

    /// Draws its batches from a stream of their own.
    private static ResumableRun ordered(Precision precision, Batches batches) {
        TrainingSpec spec = spec(layers(), null, Update.by(ADAM), batches, STEPS, Supervision.NONE, precision);
        return new ResumableRun(
                precision + " " + batches + " of their own", withBatchSeed(spec, 5L), data(precision, 0, false));
    }

    static TrainingSpec withBatchSeed(TrainingSpec spec, @Nullable Long batchSeed) {
        return new TrainingSpec(
                spec.network(),
                spec.initialWeights(),
                spec.loss(),
                spec.update(),
                spec.batches(),
                spec.length(),
                spec.supervision(),
                spec.precision(),
                spec.seed(),
                batchSeed,
                spec.threads());
    }

    private static TrainingSpec spec(
            List<LayerSpec> layers,
            @Nullable List<LayerWeights> initial,
            Update update,
            Batches batches,
            Length length,
            Supervision supervision,
            Precision precision) {
        return new TrainingSpec(
                new NetworkSpec(3, layers), initial, SQUARED, update, batches, length, supervision, precision, 77, 1);
    }

    private static List<LayerSpec> layers() {
        return List.of(
                dense(5, new Activation.Tanh(), true),
                new LayerSpec.BatchNormalization(0.1, 1e-5, new Activation.Identity()),
                new LayerSpec.Dropout(0.2),
                new LayerSpec.Residual(List.of(dense(5, new Activation.Sigmoid(), true)), new Activation.Identity()),
                dense(2, new Activation.Identity(), true));
    }

    private static List<LayerSpec> plain() {
        return List.of(dense(7, new Activation.Tanh(), true), dense(2, new Activation.Identity(), true));
    }

    private static LayerSpec dense(int units, Activation activation, boolean bias) {
        return new LayerSpec.Dense(units, activation, bias, new Initializer.HeNormal(), new Initializer.Zeros());
    }

    private static TrainingData data(Precision precision, int heldOut, boolean weighted) {
        NumpyRandom random = new NumpyRandom(9);
        return new TrainingData(
                examples(precision, ROWS, weighted, random),
                heldOut == 0 ? null : examples(precision, heldOut, weighted, random));
    }

    private static ExampleSet examples(Precision precision, int rows, boolean weighted, NumpyRandom random) {
        Matrix inputs = Matrix.create(precision, rows, 3);
        Matrix targets = Matrix.create(precision, rows, 2);
        Matrix weights = weighted ? Matrix.create(precision, rows, 1) : null;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 3; j++) {
                inputs.set(i, j, random.randn());
            }
            targets.set(i, 0, inputs.get(i, 0) * inputs.get(i, 1) + 0.3 * random.randn());
            targets.set(i, 1, inputs.get(i, 2));
            if (weights != null) {
                weights.set(i, 0, random.randomSample());
            }
        }
        return new ExampleSet(inputs, targets, weights);
    }

    TrainingSpec spec(int threads) {
        return new TrainingSpec(
                spec.network(),
                spec.initialWeights(),
                spec.loss(),
                spec.update(),
                spec.batches(),
                spec.length(),
                spec.supervision(),
                spec.precision(),
                spec.seed(),
                spec.batchSeed(),
                threads);
    }

    Trace.Result undisturbed() {
        try (Trainer trainer = Trainer.start(spec, data)) {
            return new Trace().run(trainer);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
