package dev.descent.training.compare;

import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Damaged;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reads the jobs that are to be compared.
@Component
class ChosenJobs {

    private static final Logger log = LoggerFactory.getLogger(ChosenJobs.class);

    static final int FEWEST = 2;
    static final int MOST = 8;

    private final Jobs jobs;
    private final Datasets datasets;
    private final Checkpoints checkpoints;
    private final CheckpointFiles files;
    private final JsonMapper json;

    ChosenJobs(Jobs jobs, Datasets datasets, Checkpoints checkpoints, CheckpointFiles files, JsonMapper json) {
        this.jobs = jobs;
        this.datasets = datasets;
        this.checkpoints = checkpoints;
        this.files = files;
        this.json = json;
    }

    /// In the order of `ids`.
    List<ComparedJob> read(Tenant tenant, List<String> ids) {
        if (ids.size() < FEWEST || ids.size() > MOST) {
            throw refused(
                    "out-of-range",
                    "ids must name " + FEWEST + " to " + MOST + " jobs, separated by commas, not " + ids.size(),
                    ids.size());
        }
        var seen = new HashSet<String>();
        for (String id : ids) {
            if (!seen.add(id)) {
                throw refused("duplicate", "ids names job " + id + " twice", id);
            }
        }
        return ids.stream().map(id -> read(tenant, id)).toList();
    }

    private ComparedJob read(Tenant tenant, String id) {
        Job job = jobs.get(tenant, id);
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        return new ComparedJob(
                job, spec, plan, json.valueToTree(spec), dataset(tenant, spec.datasetId()), run(tenant, job));
    }

    private List<Stretch> run(Tenant tenant, Job job) {
        List<Stretch> run = new ArrayList<>();
        try {
            Job before = job;
            while (before != null) {
                run.addFirst(stretch(before));
                String parent = before.origin().forkedFrom();
                before = parent == null ? null : jobs.find(tenant, parent).orElse(null);
            }
            return run;
        } catch (IOException | Damaged e) {
            log.warn("The run of job {} cannot be taken again: {}", job.id(), e.getMessage());
            return List.of();
        }
    }

    private Stretch stretch(Job job) throws IOException {
        Stretch.Begin begin = null;
        if (job.origin().forkedFrom() != null) {
            KeptCheckpoint checkpoint = checkpoints.of(job.id()).stream()
                    .filter(KeptCheckpoint::forked)
                    .findFirst()
                    .orElseThrow(() -> new IOException("the checkpoint of fork " + job.id() + " is gone"));
            begin = new Stretch.Begin(checkpoint, files.open(checkpoint).placement());
        }
        return new Stretch(
                job.id(), json.readValue(job.spec(), JobSpec.class), json.readValue(job.plan(), Plan.class), begin);
    }

    private @Nullable Dataset dataset(Tenant tenant, String id) {
        try {
            return datasets.find(tenant, id);
        } catch (DatasetNotFound gone) {
            return null;
        }
    }

    private static Refused refused(String code, String message, Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation("?ids", code, message, value)));
    }
}
