package dev.descent.training.queue;

import dev.descent.tenant.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How soon a place in the queue should become free, which is when a waiting job starts because a running one ends.
///
/// A run that has been measured for a while tells itself when it ends. One that has just begun, as all have after a
/// restart, is slower than it will be; it is taken to last as long as jobs did of late.
@Component
public class QueuePace {

    /// Where nothing can be expected to happen by itself.
    public static final Duration LONGEST = Duration.ofHours(1);

    static final double UNKNOWN_SECONDS = 10;

    /// From so many seconds on, a run's own estimate counts.
    static final double MEASURED_SECONDS = 5;

    private static final int LATEST = 20;

    private final JdbcClient database;
    private final RunningJobs running;
    private final TrainingProperties properties;

    public QueuePace(JdbcClient database, RunningJobs running, TrainingProperties properties) {
        this.database = database;
        this.running = running;
        this.properties = properties;
    }

    /// Until the next waiting job should start, whosever it is.
    @Transactional(readOnly = true)
    public Duration untilNextStart() {
        return rounded(untilNextEnd(latest()));
    }

    /// Until the next waiting job of `tenant` should start, when every other tenant that waits has had its turn.
    @Transactional(readOnly = true)
    public Duration untilNextStart(Tenant tenant) {
        OptionalDouble latest = latest();
        double turns = (double) othersWaiting(tenant) / properties.workerCount();
        return rounded(untilNextEnd(latest) + turns * latest.orElse(UNKNOWN_SECONDS));
    }

    private double untilNextEnd(OptionalDouble latest) {
        return running.all().stream()
                .mapToDouble(job -> remaining(job, latest))
                .min()
                .orElse(0);
    }

    private static double remaining(RunningJob job, OptionalDouble latest) {
        Progress progress = job.progress();
        Double own = progress == null ? null : progress.remainingSeconds();
        if (own != null && (latest.isEmpty() || job.seconds() >= MEASURED_SECONDS)) {
            return own;
        }
        return Math.max(0, latest.orElse(UNKNOWN_SECONDS) - job.seconds());
    }

    /// How many seconds the middle one of the latest jobs took that came to an end of their own; empty where none has.
    private OptionalDouble latest() {
        List<Long> millis = database.sql("""
                        select finished_at - started_at as took from job
                         where finished_at is not null and started_at is not null and state in ('SUCCEEDED', 'FAILED')
                         order by finished_at desc limit :latest
                        """)
                .param("latest", LATEST)
                .query((row, number) -> row.getLong("took"))
                .list();
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2] / 1e3);
    }

    private int othersWaiting(Tenant tenant) {
        return database.sql("select count(distinct tenant) from job where state = 'QUEUED' and tenant <> :tenant")
                .param("tenant", tenant.name())
                .query(Integer.class)
                .single();
    }

    private static Duration rounded(double seconds) {
        return Duration.ofSeconds((long) Math.ceil(Math.clamp(seconds, 1, LONGEST.toSeconds())));
    }
}
