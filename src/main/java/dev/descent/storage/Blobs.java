package dev.descent.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The content-addressed files: immutable, stored once however often they are written.
///
/// The rows of the database say which are needed (view `blob_reference`). A file is durable before the row that names
/// it is committed, and goes only when no row names it.
public final class Blobs {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final DataDirectory directory;
    private final BlobReferences references;
    private final Clock clock;

    /// How many writers hold each blob; guards the files' coming and going.
    private final Map<String, Integer> pins = new HashMap<>();

    Blobs(DataDirectory directory, BlobReferences references, Clock clock) {
        this.directory = directory;
        this.references = references;
        this.clock = clock;
    }

    public BlobWriter open() {
        try {
            return new BlobWriter(this, directory.temporary().resolve(UUID.randomUUID() + ".blob"));
        } catch (IOException e) {
            throw Durable.failure(e);
        }
    }

    /// Where the blob is, or would be.
    public Path path(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal digits: " + sha256);
        }
        return folder(sha256).resolve(sha256);
    }

    public boolean exists(String sha256) {
        return Files.exists(path(sha256));
    }

    public InputStream read(String sha256) {
        try {
            return Files.newInputStream(path(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes the blob unless a row names it or a writer holds it; inside a transaction, once that has committed.
    public void delete(String sha256) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    deleteUnreferenced(sha256);
                }
            });
        } else {
            deleteUnreferenced(sha256);
        }
    }

    /// Removes every blob that no row names and nobody has written for `grace`; returns how many.
    public int sweep(Duration grace) {
        Instant limit = clock.instant().minus(grace);
        Set<String> needed = references.all();
        int removed = 0;
        try (Stream<Path> files = Files.walk(directory.blobs())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String sha256 = file.getFileName().toString();
                if (!needed.contains(sha256)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    deleteUnreferenced(sha256);
                    removed++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return removed;
    }

    /// Moves a finished file to its name and holds it there.
    synchronized void keep(Blob blob, Path file) throws IOException {
        Path folder = folder(blob.sha256());
        Path target = folder.resolve(blob.sha256());
        if (Files.exists(target) && Files.size(target) == blob.bytes()) {
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
            Files.delete(file);
        } else {
            Files.createDirectories(folder);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(folder);
            Durable.force(directory.blobs().resolve(blob.sha256().substring(0, 2)));
            Durable.force(directory.blobs());
        }
        pins.merge(blob.sha256(), 1, Integer::sum);
    }

    synchronized void unpin(String sha256) {
        pins.computeIfPresent(sha256, (name, holders) -> holders == 1 ? null : holders - 1);
    }

    private Path folder(String sha256) {
        return directory.blobs().resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
    }

    private synchronized void deleteUnreferenced(String sha256) {
        if (pins.containsKey(sha256) || references.contains(sha256)) {
            return;
        }
        try {
            Files.deleteIfExists(path(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
