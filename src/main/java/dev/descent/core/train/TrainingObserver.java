package dev.descent.core.train;

/// Told of everything a run does, on the run's own thread.
///
/// A step is observed once: a run that goes on from a checkpoint begins with the step after the last one that was
/// updated. What is handed over is a view that the run goes on using: read what you keep. Do nothing slow in [#onStep]
/// and [#afterStep].
public interface TrainingObserver {

    /// Called each step when loss and gradients are known and the weights are still those they were computed with.
    void onStep(Step step);

    /// Called each step when the update has changed the weights and nobody has looked yet whether they are
    /// finite: where one is not, they become what they were before, and the run has diverged.
    default void onUpdate() {}

    /// Called after each step's update, when the run has made `steps` updates. [Trainer#save] may be called here.
    /// Return false to stop the run; where that was the last step of an epoch, the epoch's end is still to come.
    default boolean afterStep(long steps) {
        return true;
    }

    /// Called after the last update of each epoch.
    default void onEpoch(Epoch epoch) {}

    /// Called when the run ends because its length is reached or its early stopping wants it, before the best weights
    /// are restored. [Trainer#save] may be called here, so that the run can be forked to be longer: normally after
    /// [#onEpoch], from before the next epoch; where the length cuts the last epoch short, before that
    /// epoch is ended, so that a longer run goes on within it.
    default void onEnd() {}

    /// Called when the run has diverged and begins again, from step 0, with `learningRate` as the optimizer's.
    default void onRestart(Outcome outcome, double learningRate) {}
}
