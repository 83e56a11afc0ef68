package dev.descent.training.run;

import dev.descent.fault.NotStored;
import dev.descent.storage.Disk;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Reason;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one claimed job from its start to its final state, on the calling thread.
///
/// Whatever the attempt throws ends the job as FAILED, but where the machine is to blame: a job that the disk stopped
/// goes back to the queue once that takes writes again, others are tried again a little later. An ending that cannot be
/// stored is tried again until it can, or until the service stops; then the next start finds the job as it was.
public final class ExecuteJob implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(ExecuteJob.class);

    private static final int MAXIMUM_TRIES = 5;
    private static final double FIRST_RETRY_SECONDS = 5;

    private final RunningJob job;
    private final Attempt attempt;
    private final FinishJob finish;
    private final Recordings recordings;
    private final Disk disk;
    private final BooleanSupplier stopping;
    private final Duration retryAfter;

    ExecuteJob(
            RunningJob job,
            Attempt attempt,
            FinishJob finish,
            Recordings recordings,
            Disk disk,
            BooleanSupplier stopping,
            Duration retryAfter) {
        this.job = job;
        this.attempt = attempt;
        this.finish = finish;
        this.recordings = recordings;
        this.disk = disk;
        this.stopping = stopping;
        this.retryAfter = retryAfter;
    }

    @Override
    public void run() {
        Claim claim = job.claim();
        Path directory = recordings.directory(claim.jobId(), claim.fence());
        Runnable clearing;
        try (Result result = result(directory)) {
            clearing = store(result, directory);
        }
        clearing.run();
    }

    private Result result(Path directory) {
        try {
            return attempt.run(job, directory);
        } catch (NotStored e) {
            return afterTheDisk(e);
        } catch (IOException | UncheckedIOException e) {
            NotStored refused = disk.failedIfDisk(e);
            if (refused != null) {
                return afterTheDisk(refused);
            }
            log.error("Job {} failed on its files", job.claim().jobId(), e);
            return Result.of(machineFailed("The job failed on its files: " + e.getMessage()));
        } catch (OutOfMemoryError e) {
            log.error("Job {} ran out of memory", job.claim().jobId(), e);
            return Result.of(machineFailed("The job ran out of memory."));
        } catch (Throwable e) {
            log.error("Job {} failed by a defect", job.claim().jobId(), e);
            return Result.of(Ending.failed(Reason.INTERNAL, "The job failed by a defect of the service: " + e));
        }
    }

    private Result afterTheDisk(NotStored refused) {
        log.warn("Job {} starts again when the disk takes it: {}", job.claim().jobId(), refused.getMessage());
        do {
            pause();
        } while (disk.degraded() && !stopping.getAsBoolean());
        return Result.of(Ending.GIVEN_BACK);
    }

    /// Tried again after 5, 10, 20, ... seconds, a little more or less so that jobs that failed together do not return
    /// together.
    private Ending machineFailed(String message) {
        int tries = job.claim().tries();
        if (tries >= MAXIMUM_TRIES) {
            return Ending.failed(Reason.INFRASTRUCTURE, message + " It was tried " + (tries + 1) + " times.");
        }
        double seconds = FIRST_RETRY_SECONDS
                * (1L << tries)
                * ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        return Ending.retried(message + " It will be tried again.", Duration.ofMillis((long) (1000 * seconds)));
    }

    /// Returns what is left to do: to remove what nobody needs any more.
    private Runnable store(Result result, Path directory) {
        Claim claim = job.claim();
        for (boolean first = true; ; first = false) {
            try {
                Optional<JobState> reached = finish.finish(job, result, directory);
                if (reached.isEmpty()) {
                    log.warn("Job {} is no longer attempt {}'s", claim.jobId(), claim.fence());
                    return () -> recordings.discard(directory);
                }
                return reached.get().terminal() ? () -> recordings.discardUpTo(claim.jobId(), claim.fence()) : () -> {};
            } catch (RuntimeException e) {
                if (!(e instanceof NotStored)) {
                    log.error("The ending of job {} cannot be stored", claim.jobId(), e);
                } else if (first) {
                    log.warn(
                            "The ending of job {} waits for the disk",
                            job.claim().jobId());
                }
                if (stopping.getAsBoolean()) {
                    return () -> {};
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(retryAfter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
