package dev.descent.core.train;

/// How a run ended: `steps` updates were made, the last epoch begun was the `epochs`-th.
public record Outcome(End end, long steps, long epochs) {

    public enum End {
        /// The length asked for was reached.
        COMPLETED,
        /// The observer asked to stop.
        STOPPED,
        /// A loss or a weight stopped being a finite number; the network keeps what it had then.
        DIVERGED
    }
}
