package dev.descent.training.run;

import dev.descent.fault.NotStored;
import dev.descent.storage.Node;
import dev.descent.training.events.EventStreams;
import dev.descent.training.queue.Leases;
import dev.descent.training.queue.Orphans;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.TrainingProperties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Everything that happens by the clock: running jobs are given the time, and what they show is passed on; where
/// several processes share a queue, leases are renewed and watched.
///
/// A thread for each, so that a slow disk stops no clock and a slow report loses no lease.
@Component
public class Ticker {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final int RENEWALS_PER_LEASE = 6;
    private static final long LISTEN_MILLIS = 500;

    private final RunningJobs running;
    private final StoreProgress storeProgress;
    private final EventStreams streams;
    private final Leases leases;
    private final Orphans orphans;
    private final Node node;
    private final TrainingProperties properties;
    private @Nullable ScheduledExecutorService threads;

    Ticker(
            RunningJobs running,
            StoreProgress storeProgress,
            EventStreams streams,
            Leases leases,
            Orphans orphans,
            Node node,
            TrainingProperties properties) {
        this.running = running;
        this.storeProgress = storeProgress;
        this.streams = streams;
        this.leases = leases;
        this.orphans = orphans;
        this.node = node;
        this.properties = properties;
    }

    public synchronized void start() {
        long tick = properties.tick().toMillis();
        threads = Executors.newScheduledThreadPool(
                node.shared() ? 4 : 2,
                Thread.ofPlatform().name("ticker-", 1).daemon().factory());
        threads.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        every(tick, this::report);
        if (node.shared()) {
            long renewal = Math.max(1, properties.lease().toMillis() / RENEWALS_PER_LEASE);
            every(renewal, this::renew);
            every(LISTEN_MILLIS, this::listen);
        }
    }

    public synchronized void stop() {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    private void every(long millis, Runnable task) {
        if (threads != null) {
            threads.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        running.all().forEach(job -> job.tick(now));
    }

    private void report() {
        for (RunningJob job : running.all()) {
            try {
                storeProgress.store(job, System.nanoTime());
                streams.progressed(job);
            } catch (NotStored e) {
                log.debug(
                        "The progress of job {} waits for the disk", job.claim().jobId());
            } catch (RuntimeException e) {
                log.warn(
                        "The progress of job {} cannot be stored: {}",
                        job.claim().jobId(),
                        e.toString());
            }
        }
    }

    private void renew() {
        try {
            leases.renew();
            int recovered = orphans.recoverExpired();
            if (recovered > 0) {
                log.info("Jobs of other processes whose lease has run out: {}", recovered);
            }
        } catch (RuntimeException e) {
            log.warn("Leases cannot be looked after: {}", e.toString());
        }
    }

    private void listen() {
        try {
            leases.listen();
            streams.poll();
        } catch (RuntimeException e) {
            log.warn("What other processes did cannot be read: {}", e.toString());
        }
    }
}
