package dev.descent.training;

import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.provenance.Verification;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Shows jobs: their rows, and of running ones what their run shows.
@Component
public class JobViews {

    private final Jobs jobs;
    private final RunningJobs running;
    private final JsonMapper json;

    JobViews(Jobs jobs, RunningJobs running, JsonMapper json) {
        this.jobs = jobs;
        this.running = running;
        this.json = json;
    }

    TrainingJob show(Job job) {
        return new TrainingJob(
                job.id(),
                job.name(),
                job.state(),
                job.reason(),
                job.message(),
                job.state() == JobState.QUEUED
                        ? jobs.positions(List.of(job.id())).get(job.id())
                        : null,
                progress(job),
                job.fence(),
                job.modelId(),
                job.bitExact(),
                job.origin().forkedFrom(),
                job.origin().forkedStep(),
                job.origin().retryOf(),
                Verification.of(job, json),
                job.origin().experimentId(),
                json.readValue(job.spec(), JobSpec.class),
                plan(job).warnings(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }

    List<TrainingJobSummary> summarize(List<Job> rows) {
        Map<String, Integer> positions = jobs.positions(rows.stream()
                .filter(job -> job.state() == JobState.QUEUED)
                .map(Job::id)
                .toList());
        return rows.stream()
                .map(job -> new TrainingJobSummary(
                        job.id(),
                        job.name(),
                        job.datasetId(),
                        job.state(),
                        job.reason(),
                        job.message(),
                        positions.get(job.id()),
                        progress(job),
                        job.fence(),
                        job.modelId(),
                        job.priority(),
                        job.createdAt(),
                        job.startedAt(),
                        job.finishedAt()))
                .toList();
    }

    Plan plan(Job job) {
        return json.readValue(job.plan(), Plan.class);
    }

    /// How far its latest attempt is.
    public Progress progress(Job job) {
        return running.find(job.id())
                .filter(attempt -> job.state().atWork() && attempt.claim().fence() == job.fence())
                .map(RunningJob::progress)
                .orElseGet(() -> stored(job));
    }

    private Progress stored(Job job) {
        return job.progress() == null
                ? Progress.start(plan(job).length())
                : json.readValue(job.progress(), Progress.class);
    }

    /// What changes whenever the answer does.
    public String tag(Object answer) {
        var checksum = new CRC32C();
        byte[] bytes = json.writeValueAsBytes(answer);
        checksum.update(bytes);
        return "\"" + Long.toHexString(checksum.getValue()) + "-" + bytes.length + "\"";
    }
}
