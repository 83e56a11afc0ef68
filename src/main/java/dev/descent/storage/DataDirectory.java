package dev.descent.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// The data directory, held from [#open] to [#close] by this process alone, or together with the other processes that
/// work on the same database server.
///
/// ```
/// data/ lock  VERSION  db/  blobs/sha256/ab/cd/<hash>  tmp/  runs/
/// ```
/// What is in `tmp` was never acknowledged. A process alone empties it when it opens the directory; of several, each
/// has a part of its own there, `tmp/<node>`, which goes some time after the process has died.
public final class DataDirectory implements AutoCloseable {

    /// The layout this program reads and writes.
    static final String VERSION = "1";

    private static final String HOLDS = "holds";

    private final Path root;
    private final DirectoryLock lock;

    /// The node whose part of `tmp` is this process's; null when all of it is.
    private final @Nullable Node node;

    private DataDirectory(Path root, DirectoryLock lock, @Nullable Node node) {
        this.root = root;
        this.lock = lock;
        this.node = node;
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
            return new DataDirectory(root, lockWhole(root), null);
        } catch (IOException e) {
            throw new DataDirectoryUnusable(
                    "The data directory " + root + " cannot be locked: " + e, "Run this as the service's user.");
        }
    }

    /// Creates what is missing, takes the lock, checks the version and empties `tmp`.
    public static DataDirectory open(Path root) {
        return prepare(root, () -> new DataDirectory(root, lockWhole(root), null));
    }

    /// The same together with other nodes; `tmp` is theirs too.
    static DataDirectory share(Path root, Node node) {
        return prepare(root, () -> new DataDirectory(root, lockPart(root, node), node));
    }

    private interface Lock {
        DataDirectory take() throws IOException;
    }

    private static DataDirectory prepare(Path root, Lock lock) {
        try {
            Files.createDirectories(root);
            DataDirectory directory = lock.take();
            try {
                writeVersion(root);
                requireVersion(root);
                directory.makeParts();
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

    private void makeParts() throws IOException {
        Files.createDirectories(blobs());
        Files.createDirectories(runs());
        Files.createDirectories(temporary());
        if (shared()) {
            Files.createDirectories(holds());
            Files.createDirectories(removing());
        } else {
            Files.createDirectories(database());
            for (Path file : list(temporary())) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
    }

    /// Whether other processes may work in it.
    boolean shared() {
        return node != null;
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

    /// Where the blob with this hash is, or would be.
    Path blob(String sha256) {
        return blobs().resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    /// Where a shared directory's blobs are while it is looked whether they may go.
    Path removing() {
        return root.resolve("blobs").resolve("removing");
    }

    /// For this process's files on their way to becoming blobs; on the same file system as these.
    public Path temporary() {
        return node == null ? root.resolve("tmp") : ownPart(node).resolve("files");
    }

    /// Where this node says which blobs it holds.
    Path holds() {
        return ownPart(Objects.requireNonNull(node)).resolve(HOLDS);
    }

    /// The same of every node; none when the directory is not shared.
    List<Path> allHolds() throws IOException {
        return shared()
                ? list(root.resolve("tmp")).stream()
                        .map(each -> each.resolve(HOLDS))
                        .toList()
                : List.of();
    }

    /// Removes what dead nodes left in `tmp`, once nothing there has been touched since `limit`.
    void forgetDeadNodes(Instant limit) throws IOException {
        if (node == null) {
            return;
        }
        for (Path part : list(root.resolve("tmp"))) {
            String name = part.getFileName().toString();
            if (!part.equals(ownPart(node)) && lastTouched(part).isBefore(limit) && !lock.holds(name)) {
                FileSystemUtils.deleteRecursively(part);
            }
        }
    }

    /// For what running jobs record.
    public Path runs() {
        return root.resolve("runs");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DirectoryLock lockWhole(Path root) throws IOException {
        return DirectoryLock.whole(root.resolve("lock"))
                .orElseThrow(() -> new DataDirectoryUnusable(
                        "The data directory " + root + " is in use by another Descent process.",
                        "Stop that process, or give this one a directory of its own with descent.data-directory."));
    }

    private static DirectoryLock lockPart(Path root, Node node) throws IOException {
        return DirectoryLock.of(root.resolve("lock"), node)
                .orElseThrow(() -> new DataDirectoryUnusable(
                        "The data directory " + root + " is in use by a Descent process that has it for itself.",
                        "Stop that process, or give both the same descent.database.url."));
    }

    /// In one step, so that no crash leaves a file without a version in it.
    private static void writeVersion(Path root) throws IOException {
        Path file = root.resolve("VERSION");
        if (!Files.exists(file)) {
            Path next = Files.writeString(root.resolve("VERSION." + UUID.randomUUID()), VERSION + "\n");
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

    private Path ownPart(Node own) {
        return root.resolve("tmp").resolve(own.id());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static Instant lastTouched(Path part) throws IOException {
        Instant last = Instant.MIN;
        try (Stream<Path> all = Files.walk(part)) {
            for (Path each : all.toList()) {
                Instant touched = Files.getLastModifiedTime(each).toInstant();
                last = touched.isAfter(last) ? touched : last;
            }
        } catch (NoSuchFileException | UncheckedIOException gone) {
            return Instant.MAX;
        }
        return last;
    }
}
