package dev.descent.training.checkpoint;

import org.jspecify.annotations.Nullable;

/// The data of the event `checkpoint`: from here the job goes on should anything happen.
public record CheckpointReached(
        long step, long epoch, @Nullable Double loss, long bytes) {}
