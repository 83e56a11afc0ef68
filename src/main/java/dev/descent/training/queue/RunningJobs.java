package dev.descent.training.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// The jobs at work in this process.
@Component
public class RunningJobs {

    private final Map<String, RunningJob> jobs = new ConcurrentHashMap<>();

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

    /// Bytes that these jobs were admitted with.
    public long memoryBytes() {
        return jobs.values().stream()
                .mapToLong(job -> job.claim().memoryBytes())
                .sum();
    }
}
