package dev.descent.training.queue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/// Keeps this process's jobs its own where several processes work on one queue.
///
/// A lease ends by the database's clock. A process that cannot renew it notices by its own monotonic clock, when two
/// thirds of the lease are over, and stops the job; the last third is for a pause of the machine between a look at that
/// clock and what follows. A process that comes back too late changes nothing, because every write names its fence.
@Component
public class Leases {

    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final JdbcClient database;
    private final RunningJobs running;
    private final TransactionOperations transaction;
    private final TrainingProperties properties;

    public Leases(
            JdbcClient database,
            RunningJobs running,
            TransactionOperations transaction,
            TrainingProperties properties) {
        this.database = database;
        this.running = running;
        this.transaction = transaction;
        this.properties = properties;
    }

    /// How long a process may trust a lease that it asked for at a moment, in nanoseconds from that moment.
    public long trusted() {
        return properties.lease().toNanos() / 3 * 2;
    }

    /// Renews the lease of every job at work here, and stops those that are no longer this process's.
    public void renew() {
        for (RunningJob job : running.all()) {
            long before = System.nanoTime();
            try {
                if (Boolean.TRUE.equals(transaction.execute(status -> renew(job.claim())))) {
                    job.held(before + trusted());
                } else {
                    job.stop(RunningJob.Stop.LOST);
                }
            } catch (RuntimeException e) {
                log.warn(
                        "The lease of job {} cannot be renewed: {}", job.claim().jobId(), e.toString());
            }
        }
    }

    private boolean renew(Claim claim) {
        return database.sql("""
                                update job set lease_until = (select now_ms from clock) + :lease
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                """)
                        .param("lease", properties.lease().toMillis())
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }

    /// Passes on to the jobs at work here what other processes were asked to do with them.
    @Transactional(readOnly = true)
    public void listen() {
        Map<String, RunningJob> here = running.all().stream()
                .collect(Collectors.toMap(job -> job.claim().jobId(), job -> job));
        if (here.isEmpty()) {
            return;
        }
        database.sql("select id, fence, state from job where id in (:ids) and state in ('PAUSING', 'CANCELLING')")
                .param("ids", List.copyOf(here.keySet()))
                .query(row -> {
                    RunningJob job = here.get(row.getString("id"));
                    if (job != null && job.claim().fence() == row.getLong("fence")) {
                        job.wanted(JobState.valueOf(row.getString("state")));
                    }
                });
    }
}
