package dev.descent.storage;

import dev.descent.fault.Damaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The content-addressed files: immutable, stored once however often they are written.
///
/// The rows of the database say which are needed (view `blob_reference`). A file is durable before the row that names
/// it is committed, and goes only when no row names it.
public final class Blobs {

    private static final Logger log = LoggerFactory.getLogger(Blobs.class);

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final DataDirectory directory;
    private final BlobReferences references;
    private final Disk disk;
    private final Clock clock;
    private final VerifiedBlobs verified = new VerifiedBlobs();

    /// How many writers hold each blob; guards the files' coming and going.
    private final Map<String, Integer> pins = new HashMap<>();

    Blobs(DataDirectory directory, BlobReferences references, Disk disk, Clock clock) {
        this.directory = directory;
        this.references = references;
        this.disk = disk;
        this.clock = clock;
    }

    public BlobWriter open() {
        disk.requireWritable();
        Path file = directory.temporary().resolve(UUID.randomUUID() + ".blob");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new BlobWriter(this, disk, file, channel);
        } catch (IOException e) {
            throw disk.failed(e);
        }
    }

    /// Where the blob is, or would be. Whoever reads it asks [#verified] instead.
    public Path path(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal digits: " + sha256);
        }
        return folder(sha256).resolve(sha256);
    }

    public boolean exists(String sha256) {
        return Files.exists(path(sha256));
    }

    /// Where the blob is, after a look at its content: [Damaged] when that is missing or not what was written, with
    /// `what` it is to the one who asks in its message.
    public Path verified(String sha256, String what) {
        Path file = path(sha256);
        try {
            verified.require(file, sha256);
            return file;
        } catch (NoSuchFileException e) {
            throw new Damaged(what + " is missing (file " + sha256 + ")");
        } catch (IOException e) {
            log.error("{} is damaged, file {}: {}", what, sha256, e.toString());
            throw new Damaged(what + " is not as it was written (file " + sha256 + ")");
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

    /// Moves a finished file to its name and holds it there. A file that has the name already stays, if it is whole.
    void keep(Blob blob, Path file) throws IOException {
        boolean whole = isWhole(path(blob.sha256()), blob.sha256());
        keep(blob, file, whole);
    }

    private synchronized void keep(Blob blob, Path file, boolean whole) throws IOException {
        Path folder = folder(blob.sha256());
        Path target = folder.resolve(blob.sha256());
        if (whole && Files.exists(target)) {
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
            Files.delete(file);
        } else {
            Files.createDirectories(folder);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        // also for a file that was there: it may be from a process that died, or failed, before it came to this
        Durable.force(folder);
        Durable.force(directory.blobs().resolve(blob.sha256().substring(0, 2)));
        Durable.force(directory.blobs());
        verified.trust(target, blob.sha256());
        pins.merge(blob.sha256(), 1, Integer::sum);
    }

    private boolean isWhole(Path target, String sha256) {
        try {
            verified.require(target, sha256);
            return true;
        } catch (IOException e) {
            return false;
        }
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
            log.warn("File {} was not removed and stays until the next sweep: {}", sha256, e.toString());
        }
    }
}
