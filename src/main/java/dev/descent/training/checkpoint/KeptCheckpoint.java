package dev.descent.training.checkpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A checkpoint's row.
///
/// @param number counts the job's checkpoints in the order they were written; 0 is the one that a fork begins with
public record KeptCheckpoint(
        long number,
        long fence,
        String sha256,
        long bytes,
        long step,
        long epoch,
        @Nullable Double loss,
        double seconds,
        Instant createdAt) {

    static final long FORK = 0;

    /// Whether a fork begins with it.
    public boolean forked() {
        return number == FORK;
    }
}
