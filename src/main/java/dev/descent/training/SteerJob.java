package dev.descent.training;

import dev.descent.storage.BlobWriter;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.queue.Transitions;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Recordings;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Does with a job what somebody wants: at once when it waits, within a step when it runs.
///
/// Asking twice for the same is as good as once; where the job can no longer follow, it is a [StateConflict].
@Component
public class SteerJob {

    private final Jobs jobs;
    private final Transitions transitions;
    private final RunningJobs running;
    private final Recordings recordings;
    private final Checkpoints checkpoints;
    private final TransactionTemplate transaction;

    SteerJob(
            Jobs jobs,
            Transitions transitions,
            RunningJobs running,
            Recordings recordings,
            Checkpoints checkpoints,
            PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.running = running;
        this.recordings = recordings;
        this.checkpoints = checkpoints;
        this.transaction = new TransactionTemplate(transactions);
    }

    public void cancel(Tenant tenant, String id) {
        Map<Kind, BlobWriter> recorded = recorded(jobs.get(tenant, id));
        try {
            steer(tenant, id, job -> switch (job.state()) {
                case QUEUED, PAUSED -> cancelWaiting(job, recorded);
                case RUNNING, PAUSING -> move(job, Ending.CANCELLING);
                case CANCELLING, CANCELLED -> true;
                case SUCCEEDED, FAILED -> throw ended(job);
            });
        } finally {
            recorded.values().forEach(BlobWriter::close);
        }
    }

    /// What earlier attempts of a job that waits have recorded, which stays to be read when it is cancelled.
    private Map<Kind, BlobWriter> recorded(Job job) {
        return switch (job.state()) {
            case QUEUED, PAUSED -> recordings.keep(job.id(), job.fence());
            case RUNNING, PAUSING, CANCELLING, SUCCEEDED, FAILED, CANCELLED -> Map.of();
        };
    }

    private boolean cancelWaiting(Job job, Map<Kind, BlobWriter> recorded) {
        boolean cancelled = move(job, Ending.CANCELLED);
        if (cancelled) {
            recordings.insert(job.id(), recorded);
            checkpoints.keepLast(job.id(), 0);
            afterCommit(() -> recordings.discardUpTo(job.id(), job.fence()));
        }
        return cancelled;
    }

    private static void afterCommit(Runnable task) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }

    void pause(Tenant tenant, String id) {
        steer(tenant, id, job -> switch (job.state()) {
            case QUEUED -> move(job, Ending.PAUSED);
            case RUNNING -> move(job, Ending.PAUSING);
            case PAUSING, PAUSED -> true;
            case CANCELLING -> throw new StateConflict("job " + id + " is being cancelled");
            case SUCCEEDED, FAILED, CANCELLED -> throw ended(job);
        });
    }

    void resume(Tenant tenant, String id) {
        steer(tenant, id, job -> switch (job.state()) {
            case PAUSED -> move(job, Ending.RESUMED);
            case PAUSING -> throw new StateConflict("job " + id + " is still PAUSING: resume it when it is PAUSED");
            case QUEUED, RUNNING, CANCELLING ->
                throw new StateConflict("job " + id + " is " + job.state() + "; only a PAUSED job can be resumed");
            case SUCCEEDED, FAILED, CANCELLED -> throw ended(job);
        });
    }

    /// Until the request is either done or refused: it is false when the job has moved on since it was read.
    private void steer(Tenant tenant, String id, Predicate<Job> request) {
        while (!Boolean.TRUE.equals(transaction.execute(status -> request.test(jobs.get(tenant, id))))) {
            Thread.onSpinWait();
        }
        running.find(id).ifPresent(job -> job.wanted(jobs.get(tenant, id).state()));
    }

    private boolean move(Job job, Ending to) {
        return transitions.move(job.id(), job.fence(), job.state(), to, null);
    }

    private static StateConflict ended(Job job) {
        return new StateConflict("job " + job.id() + " has ended already: it is " + job.state());
    }
}
