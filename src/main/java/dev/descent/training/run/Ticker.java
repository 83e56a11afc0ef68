package dev.descent.training.run;

import dev.descent.fault.NotStored;
import dev.descent.training.events.EventStreams;
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

/// Gives running jobs the time, and passes on what they show: one thread for each, so that a slow disk stops no
/// clock.
@Component
public class Ticker {

    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final RunningJobs running;
    private final StoreProgress storeProgress;
    private final EventStreams streams;
    private final TrainingProperties properties;
    private @Nullable ScheduledExecutorService threads;

    Ticker(RunningJobs running, StoreProgress storeProgress, EventStreams streams, TrainingProperties properties) {
        this.running = running;
        this.storeProgress = storeProgress;
        this.streams = streams;
        this.properties = properties;
    }

    public synchronized void start() {
        long tick = properties.tick().toMillis();
        threads = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("ticker-", 1).daemon().factory());
        threads.scheduleAtFixedRate(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        threads.scheduleWithFixedDelay(this::report, tick, tick, TimeUnit.MILLISECONDS);
    }

    public synchronized void stop() {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
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
                streams.progressed(job.claim().jobId());
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
}
