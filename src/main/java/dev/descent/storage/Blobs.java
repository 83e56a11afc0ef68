package dev.descent.storage;

import dev.descent.fault.Damaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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

    /// Each process that sweeps a shared directory may set a file aside once while somebody wants to read it.
    private static final int TRIES = 10;

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final DataDirectory directory;
    private final BlobReferences references;
    private final BlobRemoval removal;
    private final Disk disk;
    private final Clock clock;
    private final Holds holds;
    private final VerifiedBlobs verified = new VerifiedBlobs();

    Blobs(DataDirectory directory, BlobReferences references, Disk disk, Clock clock) {
        this.directory = directory;
        this.references = references;
        this.disk = disk;
        this.clock = clock;
        this.holds = new Holds(directory);
        this.removal = new BlobRemoval(directory, references, holds);
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
        return directory.blob(sha256);
    }

    public boolean exists(String sha256) {
        return Files.exists(path(sha256));
    }

    /// Where the blob is, after a look at its content: [Damaged] when that is missing or not what was written, with
    /// `what` it is to the one who asks in its message.
    public Path verified(String sha256, String what) {
        Path file = path(sha256);
        try {
            require(file, sha256);
            return file;
        } catch (NoSuchFileException e) {
            throw new Damaged(what + " is missing (file " + sha256 + ")");
        } catch (IOException e) {
            log.error("{} is damaged, file {}: {}", what, sha256, e.toString());
            throw new Damaged(what + " is not as it was written (file " + sha256 + ")");
        }
    }

    private void require(Path file, String sha256) throws IOException {
        for (int i = 1; ; i++) {
            try {
                verified.require(file, sha256);
                return;
            } catch (NoSuchFileException e) {
                if (i == TRIES || !(removal.restore(sha256) || Files.exists(file))) {
                    throw e;
                }
            }
        }
    }

    /// Removes the blob unless a row names it or a writer holds it; inside a transaction, once that has committed. In a
    /// shared directory that is left to the next sweep.
    public void delete(String sha256) {
        if (directory.shared()) {
            return;
        }
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
        int removed = 0;
        try {
            directory.forgetDeadNodes(limit);
            removal.settleAll();
            for (Path file : unreferenced(limit)) {
                removed += remove(file.getFileName().toString()) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return removed;
    }

    private List<Path> unreferenced(Instant limit) throws IOException {
        Set<String> needed = references.all();
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(directory.blobs(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()
                        && !needed.contains(name)
                        && attributes.lastModifiedTime().toInstant().isBefore(limit)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return found;
    }

    /// Moves a finished file to its name and holds it there. A file that has the name already stays, if it is whole.
    void keep(Blob blob, Path file) throws IOException {
        String sha256 = blob.sha256();
        holds.hold(sha256);
        try {
            place(sha256, file, isWhole(directory.blob(sha256), sha256));
        } catch (IOException | RuntimeException e) {
            unpin(sha256);
            throw e;
        }
    }

    private synchronized void place(String sha256, Path file, boolean whole) throws IOException {
        Path target = directory.blob(sha256);
        Path folder = Objects.requireNonNull(target.getParent());
        if (whole && touch(target)) {
            Files.delete(file);
        } else {
            Files.createDirectories(folder);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        // also for a file that was there: it may be from a process that died, or failed, before it came to this
        Durable.force(folder);
        Durable.force(directory.blobs().resolve(sha256.substring(0, 2)));
        Durable.force(directory.blobs());
        try {
            verified.trust(target, sha256);
        } catch (NoSuchFileException aside) {
            log.debug("{} will be read through before it is used", sha256);
        }
    }

    /// False when another process has just taken the file away.
    private boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isWhole(Path target, String sha256) {
        try {
            verified.require(target, sha256);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void unpin(String sha256) {
        try {
            holds.release(sha256);
        } catch (IOException e) {
            log.warn("The file {} stays until this process has ended: {}", sha256, e.toString());
        }
    }

    private boolean remove(String sha256) throws IOException {
        if (directory.shared()) {
            return removal.remove(sha256);
        }
        synchronized (this) {
            return removal.remove(sha256);
        }
    }

    private void deleteUnreferenced(String sha256) {
        try {
            remove(sha256);
        } catch (IOException e) {
            log.warn("File {} was not removed and stays until the next sweep: {}", sha256, e.toString());
        }
    }
}
