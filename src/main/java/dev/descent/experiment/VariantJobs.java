package dev.descent.experiment;

import dev.descent.experiment.Experiment.Begun;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds the jobs of an experiment's variants.
@Component
class VariantJobs {

    private final Jobs jobs;

    VariantJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    /// @param job null where it is deleted
    record VariantJob(String name, Begun begun, @Nullable Job job) {}

    /// One of each variant, in order.
    List<VariantJob> of(Tenant tenant, Experiment experiment) {
        Map<String, Job> present = jobs.ofExperiment(tenant, experiment.id()).stream()
                .collect(Collectors.toMap(Job::id, Function.identity()));
        List<VariantJob> all = new ArrayList<>();
        for (int k = 0; k < experiment.jobs().size(); k++) {
            Begun begun = experiment.jobs().get(k);
            String name = experiment.request().variants().get(k).name();
            all.add(new VariantJob(name, begun, present.get(begun.jobId())));
        }
        return all;
    }
}
