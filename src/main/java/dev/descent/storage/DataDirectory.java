package dev.descent.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The data directory, held by this process alone from [#open] to [#close].
///
/// ```
/// data/ lock  VERSION  db/  blobs/sha256/ab/cd/<hash>  tmp/  runs/
/// ```
/// `tmp` is emptied when the directory is opened: what is in it was never acknowledged.
public final class DataDirectory implements AutoCloseable {

    /// The layout this program reads and writes.
    static final String VERSION = "1";

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /// Refuses what is no data directory that this program reads.
    public static void requireReadable(Path root) {
        if (!Files.exists(root.resolve("VERSION"))) {
            throw new DataDirectoryUnusable(
                    root + " is no data directory: it has no file VERSION.",
                    "Name the directory that the service works on with --data-directory.");
        }
        try {
            requireVersion(root);
        } catch (IOException e) {
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " cannot be read: " + e, "Run this as the service's user.");
        }
    }

    /// Takes the lock of a directory that is to be looked at, and changes nothing in it.
    public static DataDirectory inspect(Path root) {
        requireReadable(root);
        try {
            return new DataDirectory(root, lock(root));
        } catch (IOException e) {
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " cannot be locked: " + e, "Run this as the service's user.");
        }
    }

    /// Creates what is missing, takes the lock, checks the version and empties `tmp`.
    public static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            var directory = new DataDirectory(root, lock(root));
            try {
                writeVersion(root);
                requireVersion(root);
                for (Path part : Stream.of(
                                directory.database(), directory.blobs(), directory.temporary(), directory.runs())
                        .toList()) {
                    Files.createDirectories(part);
                }
                empty(directory.temporary());
                return directory;
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " cannot be used: " + e,
                    "Give a directory that this user may write to with descent.data-directory.");
        }
    }

    public Path root() {
        return root;
    }

    Path database() {
        return root.resolve("db");
    }

    Path blobs() {
        return root.resolve("blobs").resolve("sha256");
    }

    /// For files on their way to becoming blobs; on the same file system as these.
    public Path temporary() {
        return root.resolve("tmp");
    }

    /// For what running jobs record.
    public Path runs() {
        return root.resolve("runs");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " is in use by another Descent process.",
                    "Stop that process, or give this one a directory of its own with descent.data-directory.");
        }
        return channel;
    }

    /// In one step, so that no crash leaves a file without a version in it.
    private static void writeVersion(Path root) throws IOException {
        Path file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            Path next = Files.writeString(root.resolve("VERSION.next"), VERSION + "\n");
            Durable.force(next);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(root);
        }
    }

    private static void requireVersion(Path root) throws IOException {
        Path file = root.resolve("VERSION");
        String found = Files.readString(file).strip();
        if (!found.equals(VERSION)) {
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " has layout version '" + found + "'; this program reads version "
                            + VERSION + ".",
                    "Start the release that wrote the directory, or give another one with descent.data-directory.");
        }
    }

    private static void empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
