package dev.descent.training.checkpoint;

import dev.descent.core.train.Checkpoint;
import dev.descent.core.train.Trainer;
import dev.descent.training.queue.Claim;
import dev.descent.training.recording.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps where one run is: copies it between two steps, on the run's thread, and writes the copy on another, one at a
/// time.
///
/// The copy belongs to the writing thread from [#keep] until it is done. When writing takes long, it happens less
/// often: at most a fiftieth of the time.
public final class Keeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final int LEAST_TIMES_THE_WRITING = 50;

    private final Checkpoints checkpoints;
    private final Claim claim;
    private final Trainer trainer;
    private final Recorder recorder;
    private final Runnable afterwards;
    private final long interval;
    private final Checkpoint copy;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long lastAt;
    private volatile long writingTook;

    /// @param copy to be used for the copies
    /// @param afterwards runs on the writing thread, once the first checkpoint is kept
    public Keeper(
            Checkpoints checkpoints,
            Claim claim,
            Trainer trainer,
            Recorder recorder,
            Checkpoint copy,
            Duration interval,
            long now,
            Runnable afterwards) {
        this.checkpoints = checkpoints;
        this.claim = claim;
        this.trainer = trainer;
        this.recorder = recorder;
        this.copy = copy;
        this.interval = interval.toNanos();
        this.lastAt = now;
        this.afterwards = afterwards;
    }

    /// Whether it is time for the next one, at the monotonic time `now`.
    public boolean due(long now) {
        return writing.isDone() && now - lastAt >= Math.max(interval, LEAST_TIMES_THE_WRITING * writingTook);
    }

    /// Copies where the run is, between two steps, and has it written; the recorder has been flushed. `placement`
    /// says what of it the core does not know.
    public void keep(Placement placement, long now) {
        trainer.save(copy);
        lastAt = now;
        writing = new CompletableFuture<>();
        CompletableFuture<Void> done = writing;
        Thread.ofPlatform().name("checkpoint-" + claim.jobId()).daemon().start(() -> {
            try (WrittenCheckpoint written = write(placement)) {
                if (checkpoints.add(claim, written)) {
                    afterwards.run();
                }
            } catch (RuntimeException | Error e) {
                log.warn("A checkpoint of job {} cannot be kept: {}", claim.jobId(), e.toString());
            } finally {
                done.complete(null);
            }
        });
    }

    /// Copies and writes where the run is, and returns when that is durable; the caller names it in a row.
    public WrittenCheckpoint keepNow(Placement placement) {
        close();
        trainer.save(copy);
        return write(placement);
    }

    private WrittenCheckpoint write(Placement placement) {
        long start = System.nanoTime();
        try {
            recorder.force();
            return checkpoints.write(placement, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writingTook = System.nanoTime() - start;
        }
    }

    /// Waits for what is being written.
    @Override
    public void close() {
        writing.join();
    }
}
