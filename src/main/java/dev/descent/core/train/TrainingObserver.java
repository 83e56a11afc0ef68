package dev.descent.core.train;

/// Told of everything a run does, on the run's own thread.
///
/// What is handed over is a view that the run goes on using: read what you keep. Do nothing slow in [#onStep].
public interface TrainingObserver {

    /// Called each step when loss and gradients are known and the weights are still those they were computed with.
    /// Return false to stop the run before this step's update.
    boolean onStep(Step step);

    /// Called after the last update of each epoch.
    default void onEpoch(Epoch epoch) {}

    /// Called when the run has diverged and begins again, from step 0, with `learningRate` as the optimizer's.
    default void onRestart(Outcome outcome, double learningRate) {}
}
