package dev.descent.training.queue;

import dev.descent.core.lint.Diagnostic;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A job at work in this process: what others tell the run, and what the run shows others.
///
/// The run's own thread looks at one flag a step ([#attentionWanted]); it never reads a clock. Whoever wants
/// something of it sets the flag, and the timer does so every tick.
public final class RunningJob {

    /// Why a run is to stop before its end; of several reasons the last in this order counts.
    public enum Stop {
        /// The service stops.
        DRAIN,
        TIME_LIMIT,
        PAUSE,
        CANCEL,
        /// The job is no longer this process's: it may keep nothing of it.
        LOST
    }

    private final Claim claim;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile boolean attention;
    private volatile long now;
    private volatile long started;
    private volatile @Nullable Long deadline;
    private volatile @Nullable Progress progress;
    private volatile @Nullable EpochReached epoch;
    private volatile @Nullable EpochReached storedEpoch;
    private volatile List<Diagnostic> diagnostics = List.of();
    private volatile List<Diagnostic> storedDiagnostics = List.of();
    private volatile long storedAt;
    private volatile @Nullable Long heldUntil;

    public RunningJob(Claim claim, long now) {
        this.claim = claim;
        this.now = now;
        this.started = now;
        this.storedAt = now;
    }

    public Claim claim() {
        return claim;
    }

    /// From the timer: the monotonic time is `now`, in nanoseconds.
    public void tick(long now) {
        this.now = now;
        Long end = deadline;
        if (end != null && now - end >= 0) {
            stop(Stop.TIME_LIMIT);
        }
        Long held = heldUntil;
        if (held != null && now - held >= 0) {
            stop(Stop.LOST);
        }
        attention = true;
    }

    /// The job is this process's until the monotonic time `until`; where nothing is said, for ever.
    public void held(long until) {
        heldUntil = until;
    }

    /// Asks the run to end within a step.
    public void stop(Stop why) {
        stop.accumulateAndGet(why, (before, now) -> before == null || now.compareTo(before) > 0 ? now : before);
        attention = true;
    }

    /// Asks for what the state of the job's row says is wanted.
    public void wanted(JobState state) {
        switch (state) {
            case PAUSING -> stop(Stop.PAUSE);
            case CANCELLING -> stop(Stop.CANCEL);
            case QUEUED, RUNNING, PAUSED, SUCCEEDED, FAILED, CANCELLED -> {}
        }
    }

    @Nullable
    public Stop stopWanted() {
        return stop.get();
    }

    /// From the run: training proper begins, or goes on after `seconds` of earlier attempts, and may take `limit`
    /// seconds in all if that is not null.
    public void begin(Progress start, double seconds, @Nullable Long limit) {
        started = now - (long) (seconds * 1e9);
        deadline = limit == null ? null : started + limit * 1_000_000_000L;
        progress = start;
    }

    public boolean attentionWanted() {
        return attention;
    }

    /// From the run, before it attends to what was wanted.
    public void attend() {
        attention = false;
    }

    /// The monotonic time of the latest tick.
    public long now() {
        return now;
    }

    /// Seconds trained up to the latest tick.
    public double seconds() {
        return (now - started) / 1e9;
    }

    public void show(Progress progress) {
        this.progress = progress;
    }

    public void show(EpochReached epoch) {
        this.epoch = epoch;
    }

    /// Everything that was found in the run.
    public void showAll(List<Diagnostic> found) {
        diagnostics = found;
    }

    /// The latest known; null until training proper begins.
    @Nullable
    public Progress progress() {
        return progress;
    }

    /// The latest epoch that has ended, if it is not stored yet.
    @Nullable
    public EpochReached unstoredEpoch() {
        EpochReached latest = epoch;
        return latest == storedEpoch ? null : latest;
    }

    /// Everything that was found in the run, if that is not stored yet; else nothing.
    public List<Diagnostic> unstoredDiagnostics() {
        List<Diagnostic> latest = diagnostics;
        return latest == storedDiagnostics ? List.of() : latest;
    }

    public void stored(List<Diagnostic> found) {
        if (!found.isEmpty()) {
            storedDiagnostics = found;
        }
    }

    /// Whether the last storing is at least `interval` nanoseconds ago.
    public boolean storeDue(long now, long interval) {
        return now - storedAt >= interval;
    }

    public void stored(@Nullable EpochReached epoch, long now) {
        if (epoch != null) {
            storedEpoch = epoch;
        }
        storedAt = now;
    }
}
