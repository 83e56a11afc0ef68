package dev.descent.training.run;

import dev.descent.model.Models;
import dev.descent.model.WrittenModel;
import dev.descent.storage.BlobWriter;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.JobEvent;
import dev.descent.training.queue.JobEvents;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.Transitions;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Recordings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Ends an attempt exactly once. First every file is durable; then one transaction, under the attempt's fence,
/// holds the final state, what was recorded, the model, and the last events.
@Component
public class FinishJob {

    private final JdbcClient database;
    private final Recordings recordings;
    private final Models models;
    private final JobEvents events;
    private final Transitions transitions;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    FinishJob(
            JdbcClient database,
            Recordings recordings,
            Models models,
            JobEvents events,
            Transitions transitions,
            PlatformTransactionManager transactions,
            JsonMapper json) {
        this.database = database;
        this.recordings = recordings;
        this.models = models;
        this.events = events;
        this.transitions = transitions;
        this.transaction = new TransactionTemplate(transactions);
        this.json = json;
    }

    /// Brings the job to the result's ending; to CANCELLED when that was asked for in the meantime. Says whether it
    /// did: when the row is another attempt's, nothing has changed.
    boolean finish(RunningJob job, Result result, Path attempt) {
        if (!result.ending().state().terminal()) {
            return Boolean.TRUE.equals(transaction.execute(status -> end(job, result, Map.of())));
        }
        Map<Kind, BlobWriter> kept = recordings.keep(attempt);
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> end(job, result, kept)));
        } finally {
            kept.values().forEach(BlobWriter::close);
        }
    }

    private boolean end(RunningJob job, Result result, Map<Kind, BlobWriter> kept) {
        Claim claim = job.claim();
        Ending ending = result.ending();
        if (!show(job, ending)) {
            return false;
        }
        JobState state = state(claim);
        if (state == JobState.CANCELLING) {
            ending = Ending.CANCELLED;
        } else if (state == JobState.PAUSING && !ending.state().terminal()) {
            ending = Ending.PAUSED;
        }
        WrittenModel written = ending.state() == JobState.SUCCEEDED ? result.model() : null;
        String modelId = written == null
                ? null
                : models.add(new Tenant(claim.tenant()), written, name(claim), claim.jobId())
                        .id();
        if (ending.state().terminal()) {
            recordings.insert(claim.jobId(), kept);
        }
        return transitions.move(claim.jobId(), claim.fence(), state, ending, modelId);
    }

    /// Stores the last progress, and with that makes sure that the row is still this attempt's.
    private boolean show(RunningJob job, Ending ending) {
        Progress progress = job.progress();
        boolean current = database.sql("""
                                update job set progress = coalesce(:progress, progress)
                                 where id = :id and fence = :fence and state in ('RUNNING', 'PAUSING', 'CANCELLING')
                                """)
                        .param(
                                "progress",
                                progress == null
                                        ? null
                                        : json.writeValueAsString(
                                                ending.state().terminal() ? progress.ended() : progress))
                        .param("id", job.claim().jobId())
                        .param("fence", job.claim().fence())
                        .update()
                == 1;
        EpochReached epoch = job.unstoredEpoch();
        if (current && epoch != null && ending.state().terminal()) {
            events.add(job.claim().jobId(), JobEvent.EPOCH, epoch);
        }
        return current;
    }

    private JobState state(Claim claim) {
        return JobState.valueOf(database.sql("select state from job where id = :id")
                .param("id", claim.jobId())
                .query((row, number) -> row.getString("state"))
                .single());
    }

    private @Nullable String name(Claim claim) {
        return database.sql("select name from job where id = :id")
                .param("id", claim.jobId())
                .query((row, number) -> row.getString("name"))
                .optional()
                .orElse(null);
    }
}
