package dev.descent.training.checkpoint;

import dev.descent.storage.BlobWriter;

/// A checkpoint whose file is durable but which no row names yet; closing it lets go of the file.
public record WrittenCheckpoint(Placement placement, BlobWriter file) implements AutoCloseable {

    @Override
    public void close() {
        file.close();
    }
}
