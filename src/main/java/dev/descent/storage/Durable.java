package dev.descent.storage;

import dev.descent.fault.StorageFull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes files and directory entries survive a loss of power.
final class Durable {

    private Durable() {}

    /// Waits until a file's content, or a directory's entries, are on the disk.
    static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// What to throw for a failed write: [StorageFull] when the disk had no room.
    static RuntimeException failure(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return storageFull();
        }
        return new UncheckedIOException(e);
    }

    static StorageFull storageFull() {
        return new StorageFull(
                "insufficient-storage",
                "No room left on the disk",
                "The disk that holds the data directory is full. Nothing was stored; free some space and send this again.");
    }
}
