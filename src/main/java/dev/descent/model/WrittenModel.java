package dev.descent.model;

import dev.descent.storage.Blob;
import dev.descent.storage.BlobWriter;

/// A model's file, durable and held until [#close]; insert the row that names it before.
public final class WrittenModel implements AutoCloseable {

    private final BlobWriter writer;
    private final Blob blob;
    private final ModelSummary summary;

    WrittenModel(BlobWriter writer, Blob blob, ModelSummary summary) {
        this.writer = writer;
        this.blob = blob;
        this.summary = summary;
    }

    /// SHA-256 of the file.
    public String sha256() {
        return blob.sha256();
    }

    public ModelSummary summary() {
        return summary;
    }

    @Override
    public void close() {
        writer.close();
    }
}
