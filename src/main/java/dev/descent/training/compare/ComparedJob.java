package dev.descent.training.compare;

import dev.descent.dataset.Dataset;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A job with what its row holds, read.
///
/// @param settings the spec as JSON, every default written out
/// @param dataset null where it is deleted
/// @param run its own stretch of it the last, before it those of the jobs it was forked from as far as they are there;
///     empty where the checkpoint of a fork cannot be read
record ComparedJob(
        Job job,
        JobSpec spec,
        Plan plan,
        JsonNode settings,
        @Nullable Dataset dataset,
        List<Stretch> run) {

    /// Bytes that taking it again takes.
    long bytes() {
        return run.stream()
                .mapToLong(stretch -> stretch.plan().memoryBytes())
                .max()
                .orElse(0);
    }

    String id() {
        return job.id();
    }
}
