package dev.descent.training.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// The jobs at work in this process, and how much memory they and others take together.
///
/// Invariant: nothing is added that does not fit, because whoever looks for room holds [#admission] until
/// what it found room for is counted.
@Component
public class RunningJobs {

    private final Map<String, RunningJob> jobs = new ConcurrentHashMap<>();
    private final Lock admission = new ReentrantLock();
    private final AtomicLong lent = new AtomicLong();

    public Lock admission() {
        return admission;
    }

    public void add(RunningJob job) {
        jobs.put(job.claim().jobId(), job);
    }

    public void remove(RunningJob job) {
        jobs.remove(job.claim().jobId(), job);
    }

    public Optional<RunningJob> find(String jobId) {
        return Optional.ofNullable(jobs.get(jobId));
    }

    public List<RunningJob> all() {
        return new ArrayList<>(jobs.values());
    }

    public boolean isEmpty() {
        return jobs.isEmpty();
    }

    /// Bytes that these jobs were admitted with, and those that were lent.
    public long memoryBytes() {
        return lent.get()
                + jobs.values().stream()
                        .mapToLong(job -> job.claim().memoryBytes())
                        .sum();
    }

    /// Lends bytes to something that is no job, if jobs and borrowers together stay within `limit`; says
    /// whether it did.
    public boolean lend(long bytes, long limit) {
        admission.lock();
        try {
            if (bytes > limit - memoryBytes()) {
                return false;
            }
            lent.addAndGet(bytes);
            return true;
        } finally {
            admission.unlock();
        }
    }

    /// Takes back what was lent.
    public void takeBack(long bytes) {
        lent.addAndGet(-bytes);
    }
}
