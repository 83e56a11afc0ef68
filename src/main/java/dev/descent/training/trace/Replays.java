package dev.descent.training.trace;

import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.TrainingProperties;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets a few steps at once be replayed, each on a thread of its own, with memory borrowed from what jobs
/// may take.
///
/// Whoever asked waits, and shows once a second that it is still there: where it is not, the replay stops
/// within a step.
@Component
public class Replays {

    private static final long BEAT_SECONDS = 1;

    private final RunningJobs running;
    private final TrainingProperties properties;
    private final Semaphore places;
    private volatile boolean closed;

    Replays(RunningJobs running, TrainingProperties properties) {
        this.running = running;
        this.properties = properties;
        places = new Semaphore(properties.traceLimit());
    }

    /// Runs until it is done or is told to stop, and then returns null.
    public interface Work<T> {
        @Nullable
        T run(BooleanSupplier goesOn) throws IOException;
    }

    /// Shows that somebody waits, or throws `IOException`.
    public interface Beat {
        void show() throws IOException;
    }

    /// What is made of the result, while its memory is still lent.
    public interface Answer<T> {
        void write(T result) throws IOException;
    }

    public <T> void run(long bytes, Work<T> work, Beat beat, Answer<T> answer) throws IOException {
        if (closed) {
            throw new ShuttingDown();
        }
        if (!places.tryAcquire()) {
            throw TooManyTraces.at(properties.traceLimit());
        }
        try {
            if (!running.lend(bytes, properties.memoryLimitBytes())) {
                throw TooManyTraces.without(bytes, properties.memoryLimitBytes());
            }
            try {
                answer.write(replay(work, beat));
            } finally {
                running.takeBack(bytes);
            }
        } finally {
            places.release();
        }
    }

    private <T> T replay(Work<T> work, Beat beat) throws IOException {
        var left = new AtomicBoolean();
        var task = new FutureTask<@Nullable T>(() -> work.run(() -> !closed && !left.get()));
        Thread thread = Thread.ofPlatform()
                .name("replay")
                .priority(Thread.NORM_PRIORITY - 1)
                .daemon()
                .start(task);
        try {
            T result = await(task, beat);
            if (result == null) {
                throw new ShuttingDown();
            }
            return result;
        } finally {
            left.set(true);
            join(thread);
        }
    }

    private static <T> @Nullable T await(FutureTask<@Nullable T> task, Beat beat) throws IOException {
        while (true) {
            try {
                return task.get(BEAT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                beat.show();
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ShuttingDown();
            }
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException broken -> broken;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> new IOException(cause);
        };
    }

    /// The memory is its own until it ends, which it does within a step.
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets steps be replayed again.
    public void open() {
        closed = false;
    }

    /// Stops every replay, and lets none begin.
    public void close() {
        closed = true;
    }
}
