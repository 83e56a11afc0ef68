package dev.descent.training.run;

import dev.descent.core.lint.Diagnostic;
import dev.descent.storage.Node;
import dev.descent.training.diagnostics.JobDiagnostics;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Keeps the epochs that running jobs reach, at most one a second of each job, and what is found in them, as events;
/// where others may ask another
/// process, their progress too.
@Component
class StoreProgress {

    private static final long INTERVAL = 1_000_000_000L;

    private final JdbcClient database;
    private final JobEvents events;
    private final JobDiagnostics diagnostics;
    private final TransactionTemplate transaction;
    private final Node node;
    private final JsonMapper json;

    StoreProgress(
            JdbcClient database,
            JobEvents events,
            JobDiagnostics diagnostics,
            PlatformTransactionManager transactions,
            Node node,
            JsonMapper json) {
        this.database = database;
        this.events = events;
        this.diagnostics = diagnostics;
        this.transaction = new TransactionTemplate(transactions);
        this.node = node;
        this.json = json;
    }

    /// Stores what is new since the last time, if that is a second ago at the monotonic time `now`.
    void store(RunningJob job, long now) {
        EpochReached epoch = job.unstoredEpoch();
        List<Diagnostic> found = job.unstoredDiagnostics();
        if (!job.storeDue(now, INTERVAL) || (epoch == null && found.isEmpty() && !node.shared())) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            if (node.shared()) {
                show(job.claim(), job.progress());
            }
            tell(job.claim(), found);
            if (epoch != null) {
                tell(job.claim(), epoch);
            }
        });
        job.stored(epoch, now);
        job.stored(found);
    }

    /// Adds the event of an epoch, unless an attempt before has told of it or of a later one, or the job is no longer
    /// this attempt's. In the caller's transaction.
    boolean tell(Claim claim, EpochReached epoch) {
        boolean told = database.sql("""
                                update job set told_round = :round, told_epoch = :epoch
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                   and (told_round < :round or told_round = :round and told_epoch < :epoch)
                                """)
                        .param("round", epoch.round())
                        .param("epoch", epoch.epoch())
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
        if (told) {
            events.add(claim.jobId(), JobEvent.EPOCH, epoch);
        }
        return told;
    }

    /// Adds what no attempt has told before. In the caller's transaction.
    void tell(Claim claim, List<Diagnostic> found) {
        if (!found.isEmpty()) {
            diagnostics.tell(claim, found);
        }
    }

    /// Stores the progress; with that the caller's transaction holds the row. Says whether that is still this
    /// attempt's.
    boolean show(Claim claim, @Nullable Progress progress) {
        return database.sql("""
                                update job set progress = coalesce(:progress, progress)
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                """)
                        .param("progress", progress == null ? null : json.writeValueAsString(progress))
                        .param("id", claim.jobId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }
}
