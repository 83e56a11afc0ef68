package dev.descent.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// The jobs at work in this process.
@Component
class RunningJobs {

    private final Map<String, RunningJob> jobs = new ConcurrentHashMap<>();

    void add(RunningJob job) {
        jobs.put(job.claim().jobId(), job);
    }

    void remove(RunningJob job) {
        jobs.remove(job.claim().jobId(), job);
    }

    Optional<RunningJob> find(String jobId) {
        return Optional.ofNullable(jobs.get(jobId));
    }

    List<RunningJob> all() {
        return new ArrayList<>(jobs.values());
    }

    /// Bytes that these jobs were admitted with.
    long memoryBytes() {
        return jobs.values().stream()
                .mapToLong(job -> job.claim().memoryBytes())
                .sum();
    }
}
