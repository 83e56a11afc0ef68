package dev.descent.core.train;

import org.jspecify.annotations.Nullable;

/// How a run ended: `steps` updates were made, the last epoch begun was the `epochs`-th.
///
/// @param divergence where the run stopped being finite; null unless it [End#DIVERGED]
/// @param bestEpoch the epoch, counted from 0, whose weights were restored at the end; null when they were the last
/// @param restarts how often the run began again with a smaller learning rate; steps and epochs are of the last time
public record Outcome(
        End end,
        long steps,
        long epochs,
        @Nullable Divergence divergence,
        @Nullable Long bestEpoch,
        int restarts) {

    public enum End {
        /// The length asked for was reached.
        COMPLETED,
        /// What [EarlyStopping] waits for happened.
        EARLY_STOPPED,
        /// The observer asked to stop.
        STOPPED,
        /// A loss, a gradient or a weight stopped being a finite number; the network keeps the weights from before.
        DIVERGED
    }
}
