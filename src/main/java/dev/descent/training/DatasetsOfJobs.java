package dev.descent.training;

import dev.descent.dataset.DatasetUse;
import dev.descent.training.queue.Jobs;
import java.util.List;
import org.springframework.stereotype.Component;

/// Keeps datasets from being deleted while jobs need them.
@Component
class DatasetsOfJobs implements DatasetUse {

    private final Jobs jobs;

    DatasetsOfJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public List<String> jobsNeeding(String datasetId) {
        return jobs.using(datasetId);
    }
}
