package dev.descent.training.run;

import dev.descent.core.train.Epoch;
import dev.descent.core.train.Metric;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.TrainingObserver;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.recording.Recorder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stands beside a run: records every step, and stops or shows progress when that is wanted.
final class Watch implements TrainingObserver {

    private final RunningJob job;
    private final Recorder recorder;
    private final Progress.Length length;
    private final boolean validated;
    private final List<Metric> metrics;
    private @Nullable Epoch ended;
    private double lastLoss = Double.NaN;
    private long epoch;

    Watch(RunningJob job, Recorder recorder, Progress.Length length, boolean validated, List<Metric> metrics) {
        this.job = job;
        this.recorder = recorder;
        this.length = length;
        this.validated = validated;
        this.metrics = metrics;
    }

    @Override
    public void onStep(Step step) {
        recorder.onStep(step);
        lastLoss = step.batchLoss();
        epoch = step.epoch();
    }

    @Override
    public boolean afterStep(long steps) {
        return !job.attentionWanted() || attend(steps);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        recorder.onEpoch(epoch);
        ended = epoch;
    }

    @Override
    public void onRestart(Outcome outcome, double learningRate) {
        recorder.restart();
        ended = null;
    }

    /// Shows what the run has come to.
    void finish(Outcome outcome) {
        show(outcome.steps(), outcome.epochs());
    }

    private boolean attend(long steps) {
        job.attend();
        show(steps, epoch + 1);
        return job.stopWanted() == null;
    }

    private void show(long step, long epoch) {
        recorder.flush();
        job.show(Progress.of(length, step, epoch, lastLoss, job.seconds()));
        if (ended != null) {
            job.show(EpochReached.of(ended, length.epochs(), validated, metrics));
        }
    }
}
