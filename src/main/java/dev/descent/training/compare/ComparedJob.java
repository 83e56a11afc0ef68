package dev.descent.training.compare;

import dev.descent.dataset.Dataset;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job with what its row holds, read.
///
/// @param settings the spec as JSON, every default written out
/// @param dataset null where it is deleted
record ComparedJob(
        Job job,
        JobSpec spec,
        Plan plan,
        JsonNode settings,
        @Nullable Dataset dataset) {

    String id() {
        return job.id();
    }
}
