package dev.descent.training;

import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.queue.Transitions;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Stops a job: at once when it waits, within a step when it runs.
@Component
class CancelJob {

    private final Jobs jobs;
    private final Transitions transitions;
    private final RunningJobs running;
    private final TransactionTemplate transaction;

    CancelJob(Jobs jobs, Transitions transitions, RunningJobs running, PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.transitions = transitions;
        this.running = running;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Cancelling twice is the same as once; a job that has ended otherwise is a [StateConflict].
    void cancel(String id) {
        while (!Boolean.TRUE.equals(transaction.execute(status -> request(jobs.get(id))))) {
            Thread.onSpinWait();
        }
        running.find(id).ifPresent(job -> job.stop(RunningJob.Stop.CANCEL));
    }

    /// False when the job has moved on since it was read.
    private boolean request(Job job) {
        return switch (job.state()) {
            case QUEUED -> transitions.move(job.id(), job.fence(), JobState.QUEUED, Ending.CANCELLED, null);
            case RUNNING -> transitions.move(job.id(), job.fence(), JobState.RUNNING, Ending.CANCELLING, null);
            case CANCELLING, CANCELLED -> true;
            case SUCCEEDED, FAILED ->
                throw new StateConflict("job " + job.id() + " has ended already: it is " + job.state());
        };
    }
}
