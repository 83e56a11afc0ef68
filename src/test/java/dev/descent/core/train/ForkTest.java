package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes on in a run that another run's checkpoint begins, and what may not be changed by it.
class ForkTest {

    private static final Supervision UNWATCHED = Supervision.NONE;

    /// y = w x with x = 1 and y = 0: the gradient is w.
    private static TrainingSpec line(Update update, Length length, Supervision supervision) {
        return new TrainingSpec(
                new NetworkSpec(
                        1,
                        List.of(new LayerSpec.Dense(
                                1,
                                new Activation.Identity(),
                                false,
                                new Initializer.Zeros(),
                                new Initializer.Zeros()))),
                List.of(new LayerWeights(new double[][] {{2}}, null)),
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                update,
                new Batches.Full(),
                length,
                supervision,
                Precision.FLOAT64,
                1,
                1);
    }

    private static TrainingData one() {
        Matrix x = Matrix.of(Precision.FLOAT64, new double[][] {{1}});
        Matrix y = Matrix.of(Precision.FLOAT64, new double[][] {{0}});
        return new TrainingData(x, y, x, y);
    }

    private static double weight(Trainer trainer) {
        return trainer.network().weights().getFirst().weights()[0][0];
    }

    private static Update momentum(double learningRate) {
        return Update.by(new Optimizer.Momentum(learningRate, 0.5, 0));
    }

    /// What a run leaves when it ends.
    private static Checkpoint ended(TrainingSpec spec, TrainingData data) throws IOException {
        Checkpoint checkpoint = new Checkpoint();
        try (Trainer trainer = Trainer.start(spec, data)) {
            trainer.run(saving(trainer, checkpoint));
        }
        return Trace.read(Trace.file(checkpoint));
    }

    private static TrainingObserver saving(Trainer trainer, Checkpoint checkpoint) {
        return new TrainingObserver() {
            @Override
            public void onStep(Step step) {}

            @Override
            public void onEnd() {
                trainer.save(checkpoint);
            }
        };
    }

    static List<ResumableRun> runs() {
        return ResumableRun.all().stream()
                .filter(run -> run.spec().update().schedule() instanceof Schedule.Constant
                        && run.spec().supervision().equals(UNWATCHED))
                .toList();
    }

    /// Lengths in whole epochs, and lengths that cut the last epoch short.
    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void aFinishedRunGoesOnAsIfItHadBeenLongerFromTheBeginning(ResumableRun run) throws IOException {
        long steps = run.spec().steps(run.data().rows());
        long perEpoch = run.spec().stepsPerEpoch(run.data().rows());
        for (long cut : new long[] {steps / 2, Math.max(steps / 2 / perEpoch, 1) * perEpoch}) {
            Trace.Result whole = run.undisturbed();
            Checkpoint checkpoint = ended(with(run.spec(), new Length.Steps(cut)), run.data());
            assertThat(checkpoint.steps()).isEqualTo(cut);
            try (Trainer trainer = Trainer.fork(run.spec(), run.data(), checkpoint)) {
                Trace.Result forked = new Trace().run(trainer);
                int lines = forked.seen().size();
                assertThat(forked.seen())
                        .isEqualTo(whole.seen()
                                .subList(
                                        whole.seen().size() - lines,
                                        whole.seen().size()));
                assertThat(forked.seen().stream().filter(line -> line.startsWith("step")))
                        .hasSize((int) (steps - cut));
                assertThat(forked.digest()).isEqualTo(whole.digest());
                assertThat(forked.outcome()).isEqualTo(whole.outcome());
            }
        }
    }

    private static TrainingSpec with(TrainingSpec spec, Length length) {
        return new TrainingSpec(
                spec.network(),
                spec.initialWeights(),
                spec.loss(),
                spec.update(),
                spec.batches(),
                length,
                spec.supervision(),
                spec.precision(),
                spec.seed(),
                spec.batchSeed(),
                spec.threads());
    }

    @Test
    void anOptimizerOfTheSameKindKeepsItsMoments() throws IOException {
        // v = 2, w = 2 - 0.25 * 2 = 1.5; then v = 0.5 * 2 + 1.5 = 2.5
        Checkpoint checkpoint = ended(line(momentum(0.25), new Length.Steps(1), UNWATCHED), one());
        try (Trainer trainer = Trainer.fork(line(momentum(0.125), new Length.Steps(2), UNWATCHED), one(), checkpoint)) {
            trainer.run(step -> assertThat(step.learningRate()).isEqualTo(0.125));
            assertThat(weight(trainer)).isEqualTo(1.5 - 0.125 * 2.5);
        }
    }

    @Test
    void anOptimizerOfAnotherKindBeginsAnew() throws IOException {
        Checkpoint checkpoint = ended(line(momentum(0.25), new Length.Steps(3), UNWATCHED), one());
        Update nesterov = Update.by(new Optimizer.Nesterov(0.25, 0.5, 0));
        double before;
        try (Trainer trainer = Trainer.fork(line(nesterov, new Length.Steps(4), UNWATCHED), one(), checkpoint)) {
            before = weight(trainer);
            trainer.run(step -> {});
            assertThat(weight(trainer)).isEqualTo(before - 0.25 * 1.5 * before); // v = g
        }
    }

    @Test
    void anOptimizerThatRemembersMoreBeginsAnew() throws IOException {
        Update remembering3 = Update.by(new Optimizer.Lbfgs(0.5, 3, LineSearch.NONE));
        Update remembering4 = Update.by(new Optimizer.Lbfgs(0.5, 4, LineSearch.NONE));
        Checkpoint checkpoint = ended(line(remembering3, new Length.Steps(1), UNWATCHED), one());
        assertThat(afterAStep(checkpoint, remembering4)).isEqualTo(1.5 - 0.5 * Math.min(1, 1 / 1.5) * 1.5);
        assertThat(afterAStep(checkpoint, remembering3)).isEqualTo(0.75); // it knows by now that the curvature is 1
    }

    private static double afterAStep(Checkpoint checkpoint, Update update) throws IOException {
        try (Trainer trainer = Trainer.fork(line(update, new Length.Steps(2), UNWATCHED), one(), checkpoint)) {
            assertThat(weight(trainer)).isEqualTo(1.5);
            trainer.run(step -> {});
            return weight(trainer);
        }
    }

    @Test
    void aReducedRateStaysUnlessAnotherIsGiven() throws IOException {
        Schedule impatient = new Schedule.ReduceOnPlateau(0.5, 0, 0.9, 0, 0, null); // reduces after every epoch
        Checkpoint checkpoint = ended(line(plateau(0.25, impatient), new Length.Epochs(3), UNWATCHED), one());
        assertThat(nextRate(checkpoint, plateau(0.25, impatient))).isEqualTo(0.25 / 4);
        assertThat(nextRate(checkpoint, plateau(0.2, impatient))).isEqualTo(0.2);
        assertThat(nextRate(checkpoint, plateau(0.25, new Schedule.Constant(null))))
                .isEqualTo(0.25);
    }

    private static Update plateau(double learningRate, Schedule schedule) {
        return new Update(new Optimizer.Sgd(learningRate, 0), schedule, Regularization.NONE, null);
    }

    private static double nextRate(Checkpoint checkpoint, Update update) throws IOException {
        List<Double> rates = new ArrayList<>();
        try (Trainer trainer = Trainer.fork(line(update, new Length.Epochs(4), UNWATCHED), one(), checkpoint)) {
            trainer.run(step -> rates.add(step.learningRate()));
        }
        assertThat(rates).hasSize(1);
        return rates.getFirst();
    }

    @Test
    void aRateThatWasDividedStaysUnlessAnotherIsGiven() throws IOException {
        Supervision remedy = new Supervision(null, new DivergenceRemedy.Restart(10, 5), List.of(), 0);
        Checkpoint checkpoint = ended(line(sgd(400), new Length.Steps(2000), remedy), one());
        try (Trainer trainer = Trainer.fork(line(sgd(400), new Length.Steps(2001), remedy), one(), checkpoint)) {
            Outcome outcome =
                    trainer.run(step -> assertThat(step.learningRate()).isEqualTo(0.4));
            assertThat(outcome.restarts()).isEqualTo(3);
        }
        try (Trainer trainer = Trainer.fork(line(sgd(0.3), new Length.Steps(2001), remedy), one(), checkpoint)) {
            Outcome outcome =
                    trainer.run(step -> assertThat(step.learningRate()).isEqualTo(0.3));
            assertThat(outcome.restarts()).isZero();
        }
    }

    private static Update sgd(double learningRate) {
        return Update.by(new Optimizer.Sgd(learningRate, 0));
    }

    @Test
    void aRunThatStoppedEarlyGoesOnWithMorePatienceAndItsBestWeights() throws IOException {
        // w alternates between 2 and -2: no epoch is better than the first
        Checkpoint checkpoint = ended(line(sgd(2), new Length.Epochs(9), patience(2)), one());
        assertThat(checkpoint.steps()).isEqualTo(3);
        assertThatThrownBy(() -> Trainer.fork(line(sgd(2), new Length.Epochs(20), patience(2)), one(), checkpoint))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo("/earlyStopping"));
        try (Trainer trainer = Trainer.fork(line(sgd(2), new Length.Epochs(20), patience(5)), one(), checkpoint)) {
            assertThat(trainer.run(step -> {})).isEqualTo(new Outcome(Outcome.End.EARLY_STOPPED, 6, 6, null, 0L, 0));
            assertThat(weight(trainer)).isEqualTo(-2);
        }
        EarlyStopping other = new EarlyStopping.LossChange(1e-9, 20);
        try (Trainer trainer = Trainer.fork(line(sgd(2), new Length.Epochs(20), watching(other)), one(), checkpoint)) {
            assertThat(trainer.run(step -> {})).isEqualTo(new Outcome(Outcome.End.COMPLETED, 20, 20, null, null, 0));
        }
    }

    private static Supervision patience(long epochs) {
        return watching(new EarlyStopping.ValidationLoss(epochs, 0, true));
    }

    private static Supervision watching(@Nullable EarlyStopping rule) {
        return new Supervision(rule, new DivergenceRemedy.Fail(), List.of(), 0);
    }

    @Test
    void aForkThatIsNoLongerIsRefused() throws IOException {
        Checkpoint checkpoint = ended(line(sgd(0.5), new Length.Steps(3), UNWATCHED), one());
        assertRefused("/steps", line(sgd(0.5), new Length.Steps(3), UNWATCHED), one(), checkpoint);
        assertRefused("/epochs", line(sgd(0.5), new Length.Epochs(2), UNWATCHED), one(), checkpoint);
    }

    private static void assertRefused(String pointer, TrainingSpec spec, TrainingData data, Checkpoint checkpoint) {
        assertThatThrownBy(() -> Trainer.fork(spec, data, checkpoint))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo(pointer));
    }

    @Test
    void whatTheRunIsMadeOfStays() throws IOException {
        TrainingSpec spec = line(sgd(0.5), new Length.Steps(3), UNWATCHED);
        Checkpoint checkpoint = ended(spec, one());
        Length longer = new Length.Steps(5);
        List<LayerSpec> wider = List.of(new LayerSpec.Dense(
                1, new Activation.Identity(), true, new Initializer.Zeros(), new Initializer.Zeros()));
        assertRefused("/network", changed(spec, new NetworkSpec(1, wider), null, null, null, 1, longer), checkpoint);
        Loss whole = new Loss.SquaredError(Reduction.MEAN, 1);
        assertRefused("/loss", changed(spec, null, whole, null, null, 1, longer), checkpoint);
        assertRefused("/batches", changed(spec, null, null, new Batches.Sampled(1), null, 1, longer), checkpoint);
        assertRefused("/seed", changed(spec, null, null, null, null, 2, longer), checkpoint);
        Matrix x = Matrix.of(Precision.FLOAT64, new double[][] {{1}, {2}});
        assertRefused(
                "/datasetId",
                changed(spec, null, null, null, null, 1, longer),
                new TrainingData(x, x, null, null),
                checkpoint);
        Matrix single = Matrix.of(Precision.FLOAT32, new double[][] {{1}});
        assertRefused(
                "/precision",
                changed(spec, null, null, null, Precision.FLOAT32, 1, longer),
                new TrainingData(single, single, single, single),
                checkpoint);
        Trainer.fork(changed(spec, null, null, null, null, 1, longer), one(), checkpoint)
                .close();
    }

    private static void assertRefused(String pointer, TrainingSpec spec, Checkpoint checkpoint) {
        assertRefused(pointer, spec, one(), checkpoint);
    }

    private static TrainingSpec changed(
            TrainingSpec spec,
            @Nullable NetworkSpec network,
            @Nullable Loss loss,
            @Nullable Batches batches,
            @Nullable Precision precision,
            long seed,
            Length length) {
        return new TrainingSpec(
                network == null ? spec.network() : network,
                network == null ? spec.initialWeights() : null,
                loss == null ? spec.loss() : loss,
                spec.update(),
                batches == null ? spec.batches() : batches,
                length,
                spec.supervision(),
                precision == null ? spec.precision() : precision,
                seed,
                1);
    }

    @Test
    void aResumedRunHasTheSameSpec() throws IOException {
        TrainingSpec spec = line(sgd(0.5), new Length.Steps(3), UNWATCHED);
        Checkpoint checkpoint = ended(spec, one());
        for (TrainingSpec other : List.of(
                line(sgd(0.5), new Length.Steps(4), UNWATCHED),
                line(sgd(0.5), new Length.Steps(3), patience(3)),
                line(momentum(0.5), new Length.Steps(3), UNWATCHED),
                line(sgd(0.25), new Length.Steps(3), UNWATCHED))) {
            assertThatThrownBy(() -> Trainer.resume(other, one(), checkpoint))
                    .isInstanceOfSatisfying(
                            InvalidSpec.class,
                            invalid -> assertThat(invalid.code()).isEqualTo("differs-from-checkpoint"));
        }
        try (Trainer trainer = Trainer.resume(spec, one(), checkpoint)) {
            assertThat(trainer.run(step -> {
                        throw new AssertionError("there is no step left");
                    }))
                    .isEqualTo(new Outcome(Outcome.End.COMPLETED, 3, 3, null, null, 0));
        }
    }
}
