package dev.descent.training.compare;

import dev.descent.core.nn.Network;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.core.train.TrainingSpec;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.OpenedCheckpoint;
import dev.descent.training.checkpoint.Placement;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job's run, taken again one update at a time by the code that trains, from one stretch of it to the next.
final class Run implements AutoCloseable {

    private final Iterator<Stretch> stretches;
    private final TrainingData data;
    private final CheckpointFiles files;
    private final Observer observer = new Observer();
    private @Nullable Stretch next;
    private Trainer trainer;
    private long made;
    private long round;

    private Run(Iterator<Stretch> stretches, TrainingData data, CheckpointFiles files) throws IOException {
        this.stretches = stretches;
        this.data = data;
        this.files = files;
        Stretch first = stretches.next();
        if (first.begin() != null) {
            made = first.begin().placement().step();
            round = first.begin().placement().round();
        }
        trainer = trainer(first);
        next = stretches.hasNext() ? stretches.next() : null;
    }

    /// With the weights that the first stretch begins with.
    static Run start(List<Stretch> stretches, TrainingData data, CheckpointFiles files) throws IOException {
        return new Run(stretches.iterator(), data, files);
    }

    private Trainer trainer(Stretch stretch) throws IOException {
        TrainingSpec spec = stretch.spec().trainingSpec();
        if (stretch.begin() == null) {
            return Trainer.start(spec.unwatched(), data);
        }
        OpenedCheckpoint opened = files.open(stretch.begin().checkpoint());
        return opened.placement().jobId().equals(stretch.jobId())
                ? Trainer.resume(spec, data, opened.checkpoint())
                : Trainer.fork(spec.unwatched(), data, opened.checkpoint());
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
    Outcome advance() throws IOException {
        if (next != null && next.begin() != null && isAt(next.begin().placement())) {
            trainer.close();
            trainer = trainer(next);
            next = stretches.hasNext() ? stretches.next() : null;
        }
        Outcome outcome = trainer.run(observer);
        return outcome.end() == Outcome.End.STOPPED ? null : outcome;
    }

    private boolean isAt(Placement placement) {
        return made == placement.step() && round == placement.round();
    }

    Network network() {
        return trainer.network();
    }

    /// Updates made since the run began, or began again.
    long made() {
        return made;
    }

    /// How often the run has diverged and begun again.
    long round() {
        return round;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
