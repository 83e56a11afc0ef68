package dev.descent.training.run;

import dev.descent.training.queue.Claim;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.JobChanged;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.RunningJob;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps the epochs that running jobs reach, at most one a second of each job, as events.
@Component
class StoreProgress {

    private static final long INTERVAL = 1_000_000_000L;

    private final JdbcClient database;
    private final JobEvents events;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;

    StoreProgress(
            JdbcClient database,
            JobEvents events,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions) {
        this.database = database;
        this.events = events;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Stores the job's latest epoch if it is new and the last one is a second old, at the monotonic time `now`.
    void store(RunningJob job, long now) {
        EpochReached epoch = job.unstoredEpoch();
        if (epoch == null || !job.storeDue(now, INTERVAL)) {
            return;
        }
        Boolean stored = transaction.execute(status -> insert(job.claim(), epoch));
        if (Boolean.TRUE.equals(stored)) {
            job.stored(epoch, now);
        }
    }

    private boolean insert(Claim claim, EpochReached epoch) {
        // The update, which changes nothing, holds the row while the event is numbered.
        boolean current = database.sql("""
                                update job set fence = fence
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                """)
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
        if (current) {
            events.add(claim.jobId(), JobEvent.EPOCH, epoch);
            publisher.publishEvent(new JobChanged(claim.jobId(), JobState.RUNNING));
        }
        return current;
    }
}
