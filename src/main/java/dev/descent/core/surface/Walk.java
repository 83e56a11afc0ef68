package dev.descent.core.surface;

import dev.descent.core.nn.FlatWeights;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingObserver;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The weights that a run had after some numbers of updates.
///
/// @param steps how many updates had been made, rising
/// @param weights one array of [FlatWeights] each
public record Walk(long[] steps, FlatWeights[] weights) {

    /// `points` numbers of updates at equal distances, from 0 to `last`; fewer where there are not so many.
    public static long[] steps(long last, int points) {
        int count = (int) Math.min(points, last + 1);
        long[] steps = new long[count];
        for (int i = 1; i < count; i++) {
            steps[i] = last / (count - 1) * i + last % (count - 1) * i / (count - 1);
        }
        return steps;
    }

    /// Takes a run that has not begun to the last of `steps`; after that it is not to be used any more.
    ///
    /// @param restarts how often it is to diverge and begin again before the steps that are meant
    /// @param goesOn asked every step; false gives up
    /// @return null where the run ended before, or was given up
    public static @Nullable Walk of(Trainer trainer, int restarts, long[] steps, BooleanSupplier goesOn) {
        var recorder = new Recorder(trainer, restarts, steps, goesOn);
        recorder.keep(0);
        if (!recorder.isComplete()) {
            trainer.run(recorder);
        }
        return recorder.isComplete() ? new Walk(steps, recorder.weights) : null;
    }

    private static final class Recorder implements TrainingObserver {

        private final Trainer trainer;
        private final long[] steps;
        private final BooleanSupplier goesOn;
        private final FlatWeights[] weights;
        private int left;
        private int kept;

        Recorder(Trainer trainer, int restarts, long[] steps, BooleanSupplier goesOn) {
            this.trainer = trainer;
            this.steps = steps;
            this.goesOn = goesOn;
            weights = new FlatWeights[steps.length];
            left = restarts;
        }

        void keep(long made) {
            if (left == 0 && !isComplete() && steps[kept] == made) {
                weights[kept++] = FlatWeights.of(trainer.network());
            }
        }

        boolean isComplete() {
            return kept == steps.length;
        }

        @Override
        public void onStep(Step step) {}

        @Override
        public boolean afterStep(long made) {
            keep(made);
            return !isComplete() && goesOn.getAsBoolean();
        }

        @Override
        public void onRestart(Outcome outcome, double learningRate) {
            left--;
            kept = 0;
            keep(0);
        }
    }
}
