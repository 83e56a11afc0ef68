package dev.descent.training.checkpoint;

import dev.descent.core.train.Checkpoint;
import dev.descent.storage.Blobs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Opens the files of checkpoints.
@Component
public class CheckpointFiles {

    private static final int BUFFER = 1 << 20;

    private final Blobs blobs;
    private final JsonMapper json;

    CheckpointFiles(Blobs blobs, JsonMapper json) {
        this.blobs = blobs;
        this.json = json;
    }

    /// A checkpoint, whose every byte was looked at; throws `IOException` or [Damaged] when one is not as it was
    /// written.
    public OpenedCheckpoint open(KeptCheckpoint kept) throws IOException {
        Path file = blobs.verified(kept.sha256(), "checkpoint " + kept.number());
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            Checkpoint checkpoint = Checkpoint.read(in, Files.size(file));
            return new OpenedCheckpoint(json.readValue(checkpoint.header(), Placement.class), checkpoint);
        } catch (JacksonException e) {
            throw new IOException("the head of the file cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
