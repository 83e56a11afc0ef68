package dev.descent.training.queue;

import dev.descent.core.Default;
import org.jspecify.annotations.Nullable;

/// How far a run is.
///
/// @param step updates made
/// @param epoch epochs begun
/// @param fraction `step / steps`
/// @param loss of the latest step; null when it is not a finite number, with the reason in `lossReason`, or unknown
/// @param round how often the run has diverged and begun again; `step` and `epoch` are of the last time
/// @param rowsPerSecond rows trained per second, on average over all attempts
public record Progress(
        long step,
        long steps,
        long epoch,
        long epochs,
        double fraction,
        @Nullable Double loss,
        @Nullable String lossReason,
        @Default("0") long round,
        @Nullable Double rowsPerSecond,
        @Nullable Double remainingSeconds) {

    public static Progress start(Length length) {
        return new Progress(0, length.steps(), 0, length.epochs(), 0, null, null, 0, null, null);
    }

    /// Of a run that goes on after so many updates and so many epochs begun.
    public static Progress at(Length length, long step, long epoch) {
        return new Progress(
                step,
                length.steps(),
                epoch,
                length.epochs(),
                (double) step / length.steps(),
                null,
                null,
                0,
                null,
                null);
    }

    /// Of a run of this `length` that has made `step` updates in `seconds`.
    public static Progress of(Length length, long step, long epoch, double loss, double seconds) {
        double stepsPerSecond = seconds > 0 ? step / seconds : 0;
        boolean known = stepsPerSecond > 0;
        return new Progress(
                step,
                length.steps(),
                epoch,
                length.epochs(),
                (double) step / length.steps(),
                NonFinite.orNull(loss),
                NonFinite.reason(loss),
                0,
                known ? stepsPerSecond * length.rowsPerStep() : null,
                known ? (length.steps() - step) / stepsPerSecond : null);
    }

    /// The same when the run is over, whether it was completed or not: no time remains.
    public Progress ended() {
        return new Progress(step, steps, epoch, epochs, fraction, loss, lossReason, round, rowsPerSecond, 0.0);
    }

    /// The same of a run that has begun again so often.
    public Progress inRound(long round) {
        return new Progress(
                step, steps, epoch, epochs, fraction, loss, lossReason, round, rowsPerSecond, remainingSeconds);
    }

    /// How long a run is: its steps, its epochs, and how many rows a step sees on average.
    public record Length(long steps, long epochs, double rowsPerStep) {}
}
