package dev.descent.training.checkpoint;

import dev.descent.core.train.Checkpoint;

/// A checkpoint that was read, with what the service wrote at its head.
public record OpenedCheckpoint(Placement placement, Checkpoint checkpoint) {}
