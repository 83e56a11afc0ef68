package dev.descent.training.provenance;

import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.storage.Sha256;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.Attempts.Beginning;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Origin;
import dev.descent.training.recording.Recordings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Collects what is stored about where a job's bits come from.
@Component
class ReadProvenance {

    private final Jobs jobs;
    private final Attempts attempts;
    private final Datasets datasets;
    private final Checkpoints checkpoints;
    private final Recordings recordings;
    private final CompareRuns compareRuns;
    private final JsonMapper json;

    ReadProvenance(
            Jobs jobs,
            Attempts attempts,
            Datasets datasets,
            Checkpoints checkpoints,
            Recordings recordings,
            CompareRuns compareRuns,
            JsonMapper json) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.datasets = datasets;
        this.checkpoints = checkpoints;
        this.recordings = recordings;
        this.compareRuns = compareRuns;
        this.json = json;
    }

    JobProvenance of(Tenant tenant, Job job) {
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        List<Attempts.Kept> made = attempts.of(job.id());
        List<Beginning> beginnings = made.stream()
                .map(Attempts.Kept::beginning)
                .filter(Objects::nonNull)
                .toList();
        Origin origin = job.origin();
        return new JobProvenance(
                job.id(),
                job.state(),
                job.reason(),
                job.spec(),
                Sha256.of(job.spec()),
                data(tenant, job.datasetId(), beginnings),
                spec.precision(),
                spec.threads(),
                initialWeights(beginnings, origin.forkedStep() == null ? 0 : origin.forkedStep()),
                compareRuns.weightsSha256(tenant, job),
                job.modelId(),
                new JobProvenance.JobOrigin(
                        origin.forkedFrom(), origin.forkedStep(), origin.retryOf(), origin.verifies()),
                made,
                checkpoints.of(job.id()).stream()
                        .map(one ->
                                new JobProvenance.ProvenCheckpoint(one.step(), one.epoch(), one.fence(), one.sha256()))
                        .toList(),
                recordings.of(job.id()).stream()
                        .map(one ->
                                new JobProvenance.ProvenRecord(CompareRuns.name(one.kind()), one.bytes(), one.sha256()))
                        .toList(),
                jobs.verifying(tenant, job.id()).stream()
                        .map(this::verification)
                        .toList());
    }

    private JobProvenance.ProvenData data(Tenant tenant, String id, List<Beginning> beginnings) {
        Beginning latest = beginnings.isEmpty() ? null : beginnings.getLast();
        Dataset dataset = dataset(tenant, id);
        String table = latest == null ? null : latest.tableSha256();
        return new JobProvenance.ProvenData(
                id,
                dataset == null ? null : dataset.name(),
                table == null && dataset != null ? dataset.sha256() : table,
                dataset == null ? null : dataset.contentSha256(),
                latest == null ? null : latest.splitSha256());
    }

    private @Nullable Dataset dataset(Tenant tenant, String id) {
        try {
            return datasets.find(tenant, id);
        } catch (DatasetNotFound deleted) {
            return null;
        }
    }

    private static @Nullable String initialWeights(List<Beginning> beginnings, long step) {
        return beginnings.stream()
                .filter(one -> one.step() == step)
                .findFirst()
                .map(Beginning::weightsSha256)
                .orElse(null);
    }

    private JobProvenance.JobVerification verification(Job job) {
        Verification verification = Objects.requireNonNull(Verification.of(job, json));
        return new JobProvenance.JobVerification(job.id(), job.state(), verification.equal(), verification);
    }
}
