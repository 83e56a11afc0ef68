package dev.descent.storage;

import java.io.IOException;
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
}
