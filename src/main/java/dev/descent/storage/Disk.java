package dev.descent.storage;

import dev.descent.fault.NotStored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The disk below the data directory: whether it takes writes, and how much room it has.
///
/// The first write that it refuses makes it degraded. From then on every write is refused at once, without being
/// tried, until a new file could be written and forced; nothing is ever forced a second time in the hope that the
/// first failure did not count. Reading goes on all the while.
public final class Disk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Disk.class);

    /// What a probe writes: room for a transaction of the database.
    private static final int PROBE_BYTES = 1 << 18;

    private final Path directory;
    private final long reserve;
    private final Duration probeInterval;
    private final AtomicLong promised = new AtomicLong();
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("disk-probe").daemon().factory());
    private volatile @Nullable DiskTrouble trouble;

    /// @param directory where probes may be written, on the disk in question
    Disk(Path directory, DiskProperties properties) {
        this.directory = directory;
        this.reserve = properties.reserve().toBytes();
        this.probeInterval = properties.probeInterval();
    }

    /// Whether writes are refused for now.
    public boolean degraded() {
        return trouble != null;
    }

    /// Throws [NotStored] while writes are refused.
    public void requireWritable() {
        DiskTrouble now = trouble;
        if (now != null) {
            throw now.fault(probeInterval);
        }
    }

    /// Promises room for `bytes` until the result is closed, or throws [NotStored]. What was promised to others, and
    /// the reserve, count as used.
    public Room reserve(long bytes) {
        requireWritable();
        long all = promised.addAndGet(bytes);
        var room = new Room(bytes);
        if (usable() - reserve < all) {
            room.close();
            throw DiskTrouble.FULL.fault(probeInterval);
        }
        return room;
    }

    /// Throws [NotStored] when only the reserve is left.
    public void requireRoom() {
        requireWritable();
        if (usable() < reserve) {
            throw DiskTrouble.FULL.fault(probeInterval);
        }
    }

    /// Tells of a write that failed; returns what to throw for it.
    public NotStored failed(IOException e) {
        DiskTrouble known = DiskTrouble.of(e);
        return failed(known != null ? known : usable() < PROBE_BYTES ? DiskTrouble.FULL : DiskTrouble.FAILING, e);
    }

    /// The same for what may be the fault of another than the disk; null when it is.
    public @Nullable NotStored failedIfDisk(Exception e) {
        DiskTrouble known = DiskTrouble.of(e);
        return known == null ? null : failed(known, e);
    }

    NotStored failed(DiskTrouble found, Exception e) {
        synchronized (this) {
            if (trouble == null) {
                log.error("Writes are refused until the disk takes them again: {}", e.toString());
                probeLater();
            }
            trouble = found;
        }
        return found.fault(probeInterval);
    }

    /// Returns once writes are no longer refused, or `patience` is over.
    public synchronized void awaitWritable(Duration patience) throws InterruptedException {
        if (trouble != null) {
            TimeUnit.NANOSECONDS.timedWait(this, patience.toNanos());
        }
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }

    private void probeLater() {
        probes.schedule(this::probe, probeInterval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void probe() {
        try {
            write(directory.resolve(UUID.randomUUID() + ".probe"));
            synchronized (this) {
                trouble = null;
                notifyAll();
            }
            log.info("The disk takes writes again");
        } catch (IOException | RuntimeException e) {
            log.debug("The disk takes no writes yet", e);
            probeLater();
        }
    }

    private static void write(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(PROBE_BYTES);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(file);
        }
        Durable.force(Objects.requireNonNull(file.getParent()));
    }

    private long usable() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Room that was promised, until it is closed.
    public final class Room implements AutoCloseable {

        private long bytes;

        private Room(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            promised.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
