package dev.descent.training.compare;

import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Reads the jobs that are to be compared.
@Component
class ChosenJobs {

    static final int FEWEST = 2;
    static final int MOST = 8;

    private final Jobs jobs;
    private final Datasets datasets;
    private final JsonMapper json;

    ChosenJobs(Jobs jobs, Datasets datasets, JsonMapper json) {
        this.jobs = jobs;
        this.datasets = datasets;
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
        return new ComparedJob(job, spec, plan, json.valueToTree(spec), dataset(tenant, spec.datasetId()));
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
