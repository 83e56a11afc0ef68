package dev.descent.storage;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/// Removes blobs that nobody needs, once the service is up and then every grace period. Several processes may do so at
/// once.
final class BlobSweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BlobSweeper.class);
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Blobs blobs;
    private final Duration grace;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("blob-sweeper").daemon().factory());

    BlobSweeper(Blobs blobs, Duration grace) {
        this.blobs = blobs;
        this.grace = grace;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Duration period = grace.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : grace;
        thread.scheduleWithFixedDelay(this::sweep, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            int removed = blobs.sweep(grace);
            if (removed > 0) {
                log.info("Files that no row names any more were removed: {}", removed);
            }
        } catch (RuntimeException e) {
            log.warn("Files that no row names any more were not removed: {}", e.toString());
        }
    }

    /// Lets a sweep end before the database is closed.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
