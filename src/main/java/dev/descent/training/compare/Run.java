package dev.descent.training.compare;

import dev.descent.core.nn.Network;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.Supervision;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.core.train.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job's run, taken again one update at a time by the code that trains.
final class Run implements AutoCloseable {

    private final Trainer trainer;
    private final Observer observer = new Observer();
    private long made;
    private int round;

    private Run(Trainer trainer) {
        this.trainer = trainer;
    }

    /// With its initial weights. What only looks at a run is left out: it changes no bit.
    static Run start(TrainingSpec spec, TrainingData data) {
        Supervision watched = spec.supervision();
        var bare = new TrainingSpec(
                spec.network(),
                spec.initialWeights(),
                spec.loss(),
                spec.update(),
                spec.batches(),
                spec.length(),
                new Supervision(watched.stopping(), watched.divergence(), List.of(), 0),
                spec.precision(),
                spec.seed(),
                spec.threads());
        return new Run(Trainer.start(bare, data));
    }

    private final class Observer implements TrainingObserver {

        @Override
        public void onStep(Step step) {}

        @Override
        public boolean afterStep(long steps) {
            made = steps;
            return false;
        }

        @Override
        public void onRestart(Outcome outcome, double learningRate) {
            round++;
        }
    }

    /// Makes one update; after a divergence that may be the first of the next round.
    ///
    /// @return how the run ended, where it ended instead
    @Nullable
    Outcome advance() {
        Outcome outcome = trainer.run(observer);
        return outcome.end() == Outcome.End.STOPPED ? null : outcome;
    }

    Network network() {
        return trainer.network();
    }

    /// Updates made since the run began, or began again.
    long made() {
        return made;
    }

    /// How often the run has diverged and begun again.
    int round() {
        return round;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
