package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of a step is what the run that nobody looked at computed in it, to the last bit.
class StepTraceTest {

    /// `-Dtrace.seed=...` repeats the choice of steps.
    private static final long SEED = Long.getLong("trace.seed", new Random().nextLong());

    static Stream<ResumableRun> runs() {
        return Stream.concat(
                ResumableRun.all().stream(),
                ReferenceRun.ALL.stream().map(run -> new ResumableRun(run.name(), run.spec(1), run.data())));
    }

    /// What a step showed to those who stood beside it.
    private record Seen(
            int restarts,
            long index,
            long epoch,
            double loss,
            double datasetLoss,
            double rate,
            List<LayerWeights> before,
            List<LayerWeights> gradients,
            @Nullable List<LayerWeights> after) {}

    private static final class Recorder implements TrainingObserver {

        private final List<Seen> seen = new ArrayList<>();
        private final List<Checkpoint> checkpoints = new ArrayList<>();
        private final Trainer trainer;
        private final Random random;
        private int restarts;

        Recorder(Trainer trainer, Random random) {
            this.trainer = trainer;
            this.random = random;
        }

        @Override
        public void onStep(Step step) {
            seen.add(new Seen(
                    restarts,
                    step.index(),
                    step.epoch(),
                    step.batchLoss(),
                    step.datasetLoss(),
                    step.learningRate(),
                    step.network().weights(),
                    step.network().gradients(),
                    null));
        }

        @Override
        public boolean afterStep(long steps) {
            Seen last = seen.removeLast();
            seen.add(new Seen(
                    last.restarts,
                    last.index,
                    last.epoch,
                    last.loss,
                    last.datasetLoss,
                    last.rate,
                    last.before,
                    last.gradients,
                    trainer.network().weights()));
            if (random.nextInt(20) == 0) {
                Checkpoint checkpoint = new Checkpoint();
                trainer.save(checkpoint);
                checkpoints.add(checkpoint);
            }
            return true;
        }

        @Override
        public void onRestart(Outcome outcome, double learningRate) {
            restarts++;
            checkpoints.clear();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void everyNumberIsTheRunsOwn(ResumableRun run) throws DamagedCheckpoint {
        Random random = new Random(SEED ^ run.name().hashCode());
        try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
            Recorder recorder = new Recorder(trainer, random);
            trainer.run(recorder);
            List<Seen> seen = recorder.seen;
            for (int i : new int[] {0, 1, random.nextInt(seen.size()), seen.size() - 1}) {
                Seen step = seen.get(i);
                StepTrace fromStart = trace(run, null, step.restarts, step.index, Excerpt.ALL);
                requireSame(step, fromStart);
                Checkpoint nearest = nearest(recorder, step);
                if (nearest != null) {
                    requireSame(step, trace(run, nearest, 0, step.index, Excerpt.ALL));
                }
            }
        }
    }

    private static @Nullable Checkpoint nearest(Recorder recorder, Seen step) throws DamagedCheckpoint {
        Checkpoint nearest = null;
        for (Checkpoint one : recorder.checkpoints) {
            if (step.restarts == recorder.restarts && one.steps() <= step.index) {
                nearest = one;
            }
        }
        return nearest;
    }

    private static StepTrace trace(
            ResumableRun run, @Nullable Checkpoint from, int restarts, long step, Excerpt excerpt)
            throws DamagedCheckpoint {
        try (Trainer trainer =
                from == null ? Trainer.start(run.spec(), run.data()) : Trainer.resume(run.spec(), run.data(), from)) {
            StepTrace trace = trainer.trace(restarts, step, excerpt, () -> true);
            assertThat(trace)
                    .as("step %s of %s (trace.seed=%s)", step, run.name(), SEED)
                    .isNotNull();
            return trace;
        }
    }

    private static void requireSame(Seen seen, StepTrace trace) {
        assertThat(trace.step()).isEqualTo(seen.index);
        assertThat(trace.epoch()).isEqualTo(seen.epoch);
        assertThat(trace.objective()).isEqualTo(Double.valueOf(seen.loss));
        assertThat(trace.loss() + trace.penalty()).isEqualTo(Double.valueOf(seen.loss));
        assertThat(trace.datasetLoss()).isEqualTo(Double.valueOf(seen.datasetLoss));
        assertThat(trace.learningRate()).isEqualTo(Double.valueOf(seen.rate));
        assertThat(trace.divergence() == null).isEqualTo(seen.after != null);
        for (StepTrace.Layer layer : trace.layers()) {
            int i = layer.place().index();
            requireSame(seen.before.get(i), layer, StepTrace.Trained::before);
            requireSame(seen.gradients.get(i), layer, StepTrace.Trained::gradient);
            if (seen.after != null) {
                requireSame(seen.after.get(i), layer, StepTrace.Trained::after);
            }
        }
    }

    private interface Part {
        @Nullable
        Matrix of(StepTrace.Trained parameter);
    }

    private static void requireSame(LayerWeights expected, StepTrace.Layer layer, Part part) {
        if (layer.weights() != null) {
            assertThat(part.of(layer.weights()).toRows()).isDeepEqualTo(expected.weights());
        }
        if (layer.biases() != null) {
            assertThat(part.of(layer.biases()).toRows()[0]).isEqualTo(expected.biases());
        }
    }

    @Test
    void lossAndPassesBelongToTheBatchThatIsTold() throws DamagedCheckpoint {
        for (ReferenceRun reference : ReferenceRun.ALL) {
            ResumableRun run = new ResumableRun(reference.name(), reference.spec(1), reference.data());
            StepTrace trace = trace(run, null, 0, 7, Excerpt.ALL);
            double[][] inputs = run.data().training().inputs().toRows();
            double[][] told = trace.batch().inputs().toRows();
            for (int i = 0; i < told.length; i++) {
                assertThat(told[i])
                        .isEqualTo(inputs[trace.batch().trainingRows().get(i)]);
            }
            assertThat(trace.layers().getFirst().input().toRows()).isDeepEqualTo(told);
            trace.layers().stream()
                    .filter(layer -> layer.place().layer() instanceof LayerSpec.Dense)
                    .forEach(layer -> requireDenseAlgebra(layer, run.spec().precision()));
        }
    }

    private static void requireDenseAlgebra(StepTrace.Layer layer, Precision precision) {
        double slack = precision == Precision.FLOAT64 ? 1e-11 : 1e-3;
        double[][] x = layer.input().toRows();
        double[][] delta = layer.delta().toRows();
        double[][] w = layer.weights().before().toRows();
        double[] b = layer.biases() == null
                ? new double[w.length]
                : layer.biases().before().toRows()[0];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < w.length; j++) {
                double z = b[j];
                for (int k = 0; k < x[i].length; k++) {
                    z += x[i][k] * w[j][k];
                }
                assertThat(layer.preActivation().get(i, j)).isCloseTo(z, within(slack * (1 + Math.abs(z))));
            }
            for (int k = 0; k < x[i].length; k++) {
                double dx = 0;
                for (int j = 0; j < w.length; j++) {
                    dx += delta[i][j] * w[j][k];
                }
                assertThat(layer.inputGradient().get(i, k)).isCloseTo(dx, within(slack * (1 + Math.abs(dx))));
            }
        }
        for (int j = 0; j < w.length; j++) {
            for (int k = 0; k < w[j].length; k++) {
                double dw = 0;
                for (int i = 0; i < x.length; i++) {
                    dw += delta[i][j] * x[i][k];
                }
                assertThat(layer.weights().gradient().get(j, k)).isCloseTo(dw, within(slack * (1 + Math.abs(dw))));
            }
        }
    }

    @Test
    void slotsAreThoseOfTheFormula() throws DamagedCheckpoint {
        ReferenceRun reference = named("classes, sigmoid and Adam, float64");
        ResumableRun run = new ResumableRun(reference.name(), reference.spec(1), reference.data());
        StepTrace trace = trace(run, null, 0, 11, Excerpt.ALL);
        assertThat(trace.before()).containsEntry("t", 11.0);
        assertThat(trace.after()).containsEntry("t", 12.0);
        var rule = (Optimizer.Adam) reference.optimizer();
        for (StepTrace.Layer layer : trace.layers()) {
            StepTrace.Trained weights = layer.weights();
            assertThat(weights.slotsBefore()).extracting(Slot::symbol).containsExactly("m", "v");
            for (int i = 0; i < weights.before().rows(); i++) {
                for (int j = 0; j < weights.before().columns(); j++) {
                    double g = weights.gradient().get(i, j);
                    double m = rule.beta1() * at(weights.slotsBefore(), 0, i, j) + (1 - rule.beta1()) * g;
                    double v = rule.beta2() * at(weights.slotsBefore(), 1, i, j) + (1 - rule.beta2()) * g * g;
                    assertThat(at(weights.slotsAfter(), 0, i, j)).isCloseTo(m, within(1e-16));
                    assertThat(at(weights.slotsAfter(), 1, i, j)).isCloseTo(v, within(1e-16));
                    double update = rule.learningRate()
                            * m
                            / (1 - Math.pow(rule.beta1(), 12))
                            / (Math.sqrt(v / (1 - Math.pow(rule.beta2(), 12))) + rule.epsilon());
                    assertThat(weights.after().get(i, j))
                            .isCloseTo(weights.before().get(i, j) - update, within(1e-14));
                }
            }
        }
    }

    private static double at(List<Slot> slots, int slot, int row, int column) {
        return slots.get(slot).value().get(row, column);
    }

    @Test
    void everyOptimizerNamesWhatItKeeps() throws DamagedCheckpoint {
        List<String> kept = new ArrayList<>();
        for (ResumableRun run : ResumableRun.all()) {
            StepTrace trace = trace(run, null, 0, 5, Excerpt.ALL);
            Optimizer rule = run.spec().update().optimizer();
            List<Slot> slots = trace.layers().getFirst().weights().slotsAfter();
            kept.add(rule.getClass().getSimpleName()
                    + slots.stream().map(Slot::symbol).toList());
            assertThat(slots.isEmpty()).isEqualTo(rule instanceof Optimizer.Sgd);
        }
        assertThat(kept).contains("Momentum[v]", "Rprop[before, e]", "Kfac[A, G, inverseA, inverseG]");
        assertThat(kept).anyMatch(one -> one.startsWith("Lbfgs[g, d, s_1, y_1"));
        assertThat(kept).contains("Shampoo[L, rootL, R, rootR]");
    }

    @Test
    void excerptHasItsLayersAndRowsOnly() throws DamagedCheckpoint {
        ReferenceRun reference = named("every kind of layer, float64");
        ResumableRun run = new ResumableRun(reference.name(), reference.spec(1), reference.data());
        StepTrace whole = trace(run, null, 0, 4, Excerpt.ALL);
        StepTrace part = trace(run, null, 0, 4, new Excerpt(Set.of(1, 3), 10, 5));
        assertThat(part.layers()).extracting(layer -> layer.place().index()).containsExactly(1, 3);
        assertThat(part.batch().trainingRows())
                .isEqualTo(whole.batch().trainingRows().subList(10, 15));
        assertThat(part.batch().size()).isEqualTo(whole.batch().size());
        for (StepTrace.Layer layer : part.layers()) {
            StepTrace.Layer all = whole.layers().get(layer.place().index());
            assertThat(layer.delta().toRows()).isDeepEqualTo(rows(all.delta()));
            assertThat(layer.inputGradient().toRows()).isDeepEqualTo(rows(all.inputGradient()));
            assertThat(layer.activation().toRows()).isDeepEqualTo(rows(all.activation()));
        }
        assertThat(new Excerpt(Set.of(1, 3), 10, 5).bytes(run.spec(), 90))
                .isLessThan(Excerpt.ALL.bytes(run.spec(), 90));
    }

    private static double[][] rows(Matrix whole) {
        double[][] rows = new double[5][];
        System.arraycopy(whole.toRows(), 10, rows, 0, 5);
        return rows;
    }

    @Test
    void clippedGradientsStandBesideTheirOwn() throws DamagedCheckpoint {
        Predicate<ResumableRun> clips = run -> run.spec().update().clipping() != null;
        long clipped = 0;
        for (ResumableRun run : ResumableRun.all().stream().filter(clips).toList()) {
            StepTrace trace = trace(run, null, 0, 3, Excerpt.ALL);
            assertThat(trace.clipping()).isNotNull();
            assertThat(trace.clipping().clippedNorm())
                    .isLessThanOrEqualTo(trace.clipping().norm());
            clipped += trace.clipping().clippedNorm() < trace.clipping().norm() ? 1 : 0;
        }
        assertThat(clipped).isPositive();
    }

    /// The input gradient of a batch normalisation is computed from the gradients of its parameters, to which a penalty
    /// on biases is added afterwards.
    @Test
    void penaltyIsNoPartOfAnInputGradient() throws DamagedCheckpoint {
        ResumableRun plain = ResumableRun.all().stream()
                .filter(run -> run.spec().network().normalizesBatches())
                .findFirst()
                .orElseThrow();
        StepTrace free = trace(penalized(plain, 0), null, 0, 0, Excerpt.ALL);
        StepTrace penalized = trace(penalized(plain, 0.5), null, 0, 0, Excerpt.ALL);
        for (int i = 0; i < free.layers().size(); i++) {
            assertThat(penalized.layers().get(i).inputGradient().toRows())
                    .isDeepEqualTo(free.layers().get(i).inputGradient().toRows());
        }
        assertThat(penalized.layers().get(1).weights().gradient().toRows())
                .isNotEqualTo(free.layers().get(1).weights().gradient().toRows());
    }

    private static ResumableRun penalized(ResumableRun run, double l2) {
        TrainingSpec spec = run.spec();
        Update update = spec.update();
        var changed = new Update(
                update.optimizer(), update.schedule(), new Regularization(0, l2, true, null), update.clipping());
        return new ResumableRun(
                run.name(),
                new TrainingSpec(
                        spec.network(),
                        spec.initialWeights(),
                        spec.loss(),
                        changed,
                        spec.batches(),
                        spec.length(),
                        spec.supervision(),
                        spec.precision(),
                        spec.seed(),
                        spec.batchSeed(),
                        spec.threads()),
                run.data());
    }

    @Test
    void stepThatTheRunNeverCameToIsNone() {
        ReferenceRun reference = named("line search");
        try (Trainer trainer = Trainer.start(reference.spec(1), reference.data())) {
            assertThat(trainer.trace(0, 30, Excerpt.ALL, () -> true)).isNull();
        }
        try (Trainer trainer = Trainer.start(reference.spec(1), reference.data())) {
            assertThat(trainer.trace(0, 20, Excerpt.ALL, () -> false)).isNull();
        }
    }

    private static ReferenceRun named(String name) {
        return ReferenceRun.ALL.stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
