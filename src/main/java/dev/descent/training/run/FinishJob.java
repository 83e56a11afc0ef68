package dev.descent.training.run;

import dev.descent.model.Models;
import dev.descent.model.WrittenModel;
import dev.descent.storage.BlobWriter;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.provenance.CompareRuns;
import dev.descent.training.provenance.Verification;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.EpochReached;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.Transitions;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Recordings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
    private final Checkpoints checkpoints;
    private final StoreProgress storeProgress;
    private final Attempts attempts;
    private final CompareRuns compareRuns;
    private final JsonMapper json;
    private final Transitions transitions;
    private final TransactionTemplate transaction;

    FinishJob(
            JdbcClient database,
            Recordings recordings,
            Models models,
            Checkpoints checkpoints,
            StoreProgress storeProgress,
            Attempts attempts,
            CompareRuns compareRuns,
            JsonMapper json,
            Transitions transitions,
            PlatformTransactionManager transactions) {
        this.database = database;
        this.recordings = recordings;
        this.models = models;
        this.checkpoints = checkpoints;
        this.storeProgress = storeProgress;
        this.attempts = attempts;
        this.compareRuns = compareRuns;
        this.json = json;
        this.transitions = transitions;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Brings the job to the result's ending, or to what was asked for in the meantime, and returns the state that it
    /// came to; empty, and nothing has changed, when the row is another attempt's.
    Optional<JobState> finish(RunningJob job, Result result, Path attempt) {
        Claim claim = job.claim();
        Map<Kind, BlobWriter> kept =
                result.ending().state().terminal() ? recordings.keep(claim.jobId(), claim.fence()) : Map.of();
        try {
            Verification verification = verification(claim, result, attempt);
            Ending ending = verification == null ? result.ending() : verification.ending(result.ending());
            return Optional.ofNullable(transaction.execute(status -> end(job, result, ending, verification, kept)));
        } finally {
            kept.values().forEach(BlobWriter::close);
        }
    }

    /// Null for all jobs but those that repeat another, and have come to the end of that.
    private @Nullable Verification verification(Claim claim, Result result, Path attempt) {
        if (claim.verifies() == null || result.end() == null || result.ending().reason() == null) {
            return null;
        }
        return switch (result.ending().reason()) {
            case COMPLETED, EARLY_STOPPED, DIVERGED -> compareRuns.compare(claim, result.end(), attempt);
            case TIME_LIMIT, POISON, DATA_CORRUPT, INFRASTRUCTURE, INTERNAL, NOT_REPRODUCED, USER -> null;
        };
    }

    private @Nullable JobState end(
            RunningJob job,
            Result result,
            Ending intended,
            @Nullable Verification verification,
            Map<Kind, BlobWriter> kept) {
        Claim claim = job.claim();
        if (!show(job, intended)) {
            return null;
        }
        JobState state = state(claim);
        Ending ending = ending(state, intended);
        if (result.end() != null) {
            attempts.ended(claim, result.end());
        }
        if (verification != null && ending.state() != JobState.CANCELLED) {
            store(claim, verification);
        }
        if (result.checkpoint() != null && ending.state() != JobState.CANCELLED) {
            checkpoints.add(claim, result.checkpoint());
        }
        WrittenModel written = ending.state() == JobState.SUCCEEDED ? result.model() : null;
        String modelId = written == null
                ? null
                : models.add(new Tenant(claim.tenant()), written, name(claim), claim.jobId())
                        .id();
        if (ending.state().terminal()) {
            recordings.insert(claim.jobId(), kept);
        }
        switch (ending.state()) {
            case CANCELLED -> checkpoints.keepLast(claim.jobId(), 0);
            case SUCCEEDED -> checkpoints.keepLast(claim.jobId(), 1);
            case FAILED, QUEUED, PAUSED, RUNNING, PAUSING, CANCELLING -> {}
        }
        return transitions.move(claim.jobId(), claim.fence(), state, ending, modelId) ? ending.state() : null;
    }

    /// What was asked for in the meantime counts.
    private static Ending ending(JobState state, Ending ending) {
        return switch (state) {
            case CANCELLING -> Ending.CANCELLED;
            case PAUSING -> ending.state().terminal() ? ending : Ending.PAUSED;
            case QUEUED, RUNNING, PAUSED, SUCCEEDED, FAILED, CANCELLED -> ending;
        };
    }

    /// Stores the last progress, and with that makes sure that the row is still this attempt's.
    private boolean show(RunningJob job, Ending ending) {
        Progress progress = job.progress();
        boolean over = ending.state().terminal();
        boolean current = storeProgress.show(job.claim(), progress != null && over ? progress.ended() : progress);
        EpochReached epoch = job.unstoredEpoch();
        if (current) {
            storeProgress.tell(job.claim(), job.unstoredDiagnostics());
        }
        if (current && epoch != null) {
            storeProgress.tell(job.claim(), epoch);
        }
        return current;
    }

    private void store(Claim claim, Verification verification) {
        database.sql("update job set verification = :verification where id = :id")
                .param("verification", json.writeValueAsString(verification))
                .param("id", claim.jobId())
                .update();
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
