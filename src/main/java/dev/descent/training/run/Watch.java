package dev.descent.training.run;

import dev.descent.core.lint.Linter;
import dev.descent.core.train.Epoch;
import dev.descent.core.train.Metric;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.TrainingObserver;
import dev.descent.training.checkpoint.Keeper;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.checkpoint.WrittenCheckpoint;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.NonFinite;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJob.Stop;
import dev.descent.training.recording.Recorder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stands beside a run: records every step, keeps where the run is, and stops or shows progress when that is wanted.
final class Watch implements TrainingObserver {

    private final RunningJob job;
    private final Recorder recorder;
    private final Keeper keeper;
    private final Linter linter;
    private final String tableSha256;
    private final Progress.Length length;
    private final boolean validated;
    private final List<Metric> metrics;
    private @Nullable Epoch ended;
    private @Nullable WrittenCheckpoint last;
    private double lastLoss = Double.NaN;
    private double epochLoss = Double.NaN;
    private long steps;
    private long epochs;
    private long round;

    Watch(
            RunningJob job,
            Recorder recorder,
            Keeper keeper,
            Linter linter,
            String tableSha256,
            Progress.Length length,
            boolean validated,
            List<Metric> metrics,
            @Nullable Placement from) {
        this.job = job;
        this.recorder = recorder;
        this.keeper = keeper;
        this.linter = linter;
        this.tableSha256 = tableSha256;
        this.length = length;
        this.validated = validated;
        this.metrics = metrics;
        if (from != null) {
            steps = from.step();
            epochs = from.epoch();
            round = from.round();
            epochLoss = from.loss() == null ? Double.NaN : from.loss();
        }
    }

    @Override
    public void onStep(Step step) {
        recorder.onStep(step);
        linter.onStep(step);
        lastLoss = step.batchLoss();
        epochs = step.epoch() + 1;
    }

    @Override
    public boolean afterStep(long steps) {
        this.steps = steps;
        if (linter.isDue(steps)) {
            linter.look(steps);
        }
        return !job.attentionWanted() || attend();
    }

    @Override
    public void onEpoch(Epoch epoch) {
        recorder.onEpoch(epoch);
        linter.onEpoch(epoch);
        ended = epoch;
        epochLoss = validated ? epoch.validationLoss() : epoch.trainingLoss();
    }

    @Override
    public void onEnd() {
        linter.onEnd(steps);
        last = keepNow();
    }

    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        recorder.restart();
        linter.onDivergence(outcome, true);
        ended = null;
        epochLoss = Double.NaN;
        round++;
    }

    /// The checkpoint that the run ended with, if it was to be kept; whoever takes it closes it.
    @Nullable
    WrittenCheckpoint last() {
        return last;
    }

    /// Shows what the run has come to.
    void finish(Outcome outcome) {
        steps = outcome.steps();
        epochs = outcome.epochs();
        linter.onDivergence(outcome, false);
        show();
    }

    private boolean attend() {
        job.attend();
        show();
        Stop stop = job.stopWanted();
        if (stop == null) {
            if (keeper.due(job.now())) {
                keeper.keep(placement(), job.now());
            }
            return true;
        }
        switch (stop) {
            case DRAIN, TIME_LIMIT, PAUSE -> last = keepNow();
            case CANCEL, LOST -> {}
        }
        return false;
    }

    private WrittenCheckpoint keepNow() {
        recorder.flush();
        return keeper.keepNow(placement());
    }

    private Placement placement() {
        return new Placement(
                job.claim().jobId(),
                job.claim().fence(),
                tableSha256,
                Engine.VERSION,
                steps,
                epochs,
                round,
                NonFinite.orNull(epochLoss),
                job.seconds(),
                recorder.marks(),
                linter.state());
    }

    private void show() {
        recorder.flush();
        job.showAll(linter.told());
        job.show(Progress.of(length, steps, epochs, lastLoss, job.seconds()).inRound(round));
        if (ended != null) {
            job.show(EpochReached.of(ended, length.epochs(), validated, metrics, round));
        }
    }
}
