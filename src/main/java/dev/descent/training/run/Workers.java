package dev.descent.training.run;

import dev.descent.fault.NotStored;
import dev.descent.storage.Disk;
import dev.descent.storage.Node;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.JobChanged;
import dev.descent.training.queue.JobQueue;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Leases;
import dev.descent.training.queue.Room;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJob.Stop;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.recording.Recordings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// The threads that train: each claims a job, executes it, and looks for the next.
///
/// Invariant: the memory that all running jobs were admitted with never exceeds the limit, because jobs are
/// claimed one at a time, under [RunningJobs#admission], and counted before the next claim. On stop no job is
/// claimed any more, and running jobs go back to the queue after the step they are at.
@Component
public class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JobQueue queue;
    private final Jobs jobs;
    private final RunningJobs running;
    private final Attempt attempt;
    private final FinishJob finish;
    private final Recordings recordings;
    private final Disk disk;
    private final Leases leases;
    private final Node node;
    private final TrainingProperties properties;

    private final Semaphore changed = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Workers(
            JobQueue queue,
            Jobs jobs,
            RunningJobs running,
            Attempt attempt,
            FinishJob finish,
            Recordings recordings,
            Disk disk,
            Leases leases,
            Node node,
            TrainingProperties properties) {
        this.queue = queue;
        this.jobs = jobs;
        this.running = running;
        this.attempt = attempt;
        this.finish = finish;
        this.recordings = recordings;
        this.disk = disk;
        this.leases = leases;
        this.node = node;
        this.properties = properties;
    }

    public synchronized void start() {
        stopping = false;
        for (int i = 1; i <= properties.workerCount(); i++) {
            threads.add(Thread.ofPlatform()
                    .name("trainer-" + i)
                    .priority(Thread.NORM_PRIORITY - 1)
                    .start(this::work));
        }
    }

    /// Returns when every running job has gone back to the queue.
    public synchronized void stop() {
        stopping = true;
        running.all().forEach(job -> job.stop(Stop.DRAIN));
        changed.release(threads.size());
        for (Thread thread : threads) {
            join(thread);
        }
        threads.clear();
    }

    /// A job waits. Whoever says so may still hold the writing connection, which a claim waits for: nothing here
    /// blocks.
    @TransactionalEventListener(fallbackExecution = true)
    void onJobChanged(JobChanged change) {
        if (change.state() == JobState.QUEUED) {
            wake();
        }
    }

    /// Lets one waiting worker look again.
    private void wake() {
        if (changed.availablePermits() < properties.workerCount()) {
            changed.release();
        }
    }

    private void work() {
        while (!stopping) {
            Optional<RunningJob> claimed = claim();
            if (claimed.isPresent()) {
                wake();
                execute(claimed.get());
            } else {
                awaitChange();
            }
        }
    }

    private void awaitChange() {
        try {
            changed.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(RunningJob job) {
        try {
            new ExecuteJob(job, attempt, finish, recordings, disk, () -> stopping, RETRY).run();
        } catch (RuntimeException | Error e) {
            log.error("Worker failed on job {}", job.claim().jobId(), e);
        } finally {
            running.remove(job);
            wake();
        }
    }

    /// The next job that fits, counted among the running ones; empty when there is none.
    private Optional<RunningJob> claim() {
        running.admission().lock();
        try {
            return stopping ? Optional.empty() : next();
        } finally {
            running.admission().unlock();
        }
    }

    private Optional<RunningJob> next() {
        if (running.all().stream().map(RunningJob::claim).anyMatch(queue::alone)) {
            return Optional.empty();
        }
        long limit = properties.memoryLimitBytes();
        long before = System.nanoTime();
        try {
            var room = new Room(node.id(), limit, limit - running.memoryBytes(), running.isEmpty());
            return queue.claim(room).map(claim -> admit(claim, before));
        } catch (NotStored e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            log.error("The queue cannot be read", e);
            return Optional.empty();
        }
    }

    /// Whoever wants something of the job, or stops the service, either finds it among the running ones or has been
    /// here before.
    private RunningJob admit(Claim claim, long claimedAt) {
        var job = new RunningJob(claim, System.nanoTime());
        if (node.shared()) {
            job.held(claimedAt + leases.trusted());
        }
        running.add(job);
        try {
            job.wanted(jobs.get(new Tenant(claim.tenant()), claim.jobId()).state());
        } catch (RuntimeException e) {
            log.warn("Job {} starts without a look at its row", claim.jobId(), e);
        }
        if (stopping) {
            job.stop(Stop.DRAIN);
        }
        return job;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
