package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Precision;
import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Linter;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The linter changes no bit of a run, and a run that was interrupted is told the same of.
class LinterBitsTest {

    private static final Initializer GLOROT = new Initializer.GlorotUniform();
    private static final Initializer ZEROS = new Initializer.Zeros();

    static List<TrainingSpec> specs() {
        return List.of(
                spec(new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0), new Batches.Shuffled(10)),
                spec(new Optimizer.Momentum(0.01, 0.9, 0), new Batches.Sampled(20)),
                spec(new Optimizer.Sgd(1e-6, 0), new Batches.Full()));
    }

    /// With dropout, which draws, and batch normalisation, which follows its batches.
    private static TrainingSpec spec(Optimizer optimizer, Batches batches) {
        List<LayerSpec> layers = List.of(
                new LayerSpec.Dense(6, new Activation.Relu(), true, GLOROT, ZEROS),
                new LayerSpec.Dropout(0.2),
                new LayerSpec.BatchNormalization(0.1, 1e-5, new Activation.Relu()),
                new LayerSpec.Dense(1, new Activation.Identity(), true, GLOROT, ZEROS));
        return new TrainingSpec(
                new NetworkSpec(2, layers),
                null,
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                optimizer,
                batches,
                new Length.Steps(3000),
                Precision.FLOAT64,
                5,
                1,
                0);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void runsEndWithTheSameBitsWhetherSomebodyLooksOrNot(TrainingSpec spec) {
        TrainingData data = ParabolaTest.data(100);
        List<Double> alone = new ArrayList<>();
        List<Double> watched = new ArrayList<>();
        String digest;
        try (Trainer trainer = Trainer.start(spec, data)) {
            trainer.run(step -> alone.add(step.batchLoss()));
            digest = trainer.network().digest();
        }
        try (Trainer trainer = Trainer.start(spec, data)) {
            LintedRun.run(trainer, LintedRun.linter(spec, data, trainer), step -> watched.add(step.batchLoss()));
            assertThat(trainer.network().digest()).isEqualTo(digest);
            assertThat(watched).isEqualTo(alone);
        }
    }

    @Test
    void theSameIsToldOfARunThatWasInterrupted() throws Exception {
        TrainingData data = ParabolaTest.data(100);
        for (TrainingSpec spec : specs()) {
            List<Diagnostic> undisturbed = LintedRun.of(spec, data);
            assertThat(undisturbed).isNotEmpty();
            for (long at : new long[] {1, 63, 640, 641, 2000, 2999}) {
                assertThat(interrupted(spec, data, at)).as("at " + at).isEqualTo(undisturbed);
            }
        }
    }

    private static List<Diagnostic> interrupted(TrainingSpec spec, TrainingData data, long at)
            throws DamagedCheckpoint {
        var checkpoint = new Checkpoint();
        Linter.State state;
        try (Trainer trainer = Trainer.start(spec, data)) {
            Linter linter = LintedRun.linter(spec, data, trainer);
            linter.begin();
            LintedRun.run(trainer, linter, new TrainingObserver() {
                @Override
                public void onStep(Step step) {}

                @Override
                public boolean afterStep(long steps) {
                    return steps < at;
                }
            });
            trainer.save(checkpoint);
            state = linter.state();
        }
        try (Trainer trainer = Trainer.resume(spec, data, checkpoint)) {
            Linter linter = LintedRun.linter(spec, data, trainer);
            linter.resume(state, at);
            LintedRun.run(trainer, linter, null);
            return linter.told();
        }
    }
}
