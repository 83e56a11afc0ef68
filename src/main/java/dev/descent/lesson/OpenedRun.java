package dev.descent.lesson;

import dev.descent.dataset.Dataset;
import dev.descent.network.SavedNetwork;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import org.jspecify.annotations.Nullable;

/// A job, and the lesson that it is looked at with.
///
/// @param dataset null where it is deleted
/// @param variant null where the job is none of them
record OpenedRun(
        Lesson lesson,
        Job job,
        JobSpec spec,
        Plan plan,
        @Nullable Dataset dataset,
        Lesson.@Nullable Variant variant,
        @Nullable SavedNetwork network) {

    /// Why no answers can be computed; null where they can.
    @Nullable
    String obstacle() {
        if (job.state() != JobState.SUCCEEDED) {
            return "the job is " + job.state() + "; answers are those of a run that has succeeded";
        }
        if (job.origin().forkedFrom() != null) {
            return "the job is a fork: its run did not begin at step 0";
        }
        return dataset == null ? "the dataset that the job was trained on is deleted" : null;
    }

    /// With the ids in place of their names; null where there is not one for each.
    @Nullable
    String address(String template) {
        String address = template.replace("{job}", job.id())
                .replace("{dataset}", job.datasetId())
                .replace("{lastStep}", Long.toString(plan.steps() - 1));
        if (job.modelId() != null) {
            address = address.replace("{model}", job.modelId());
        }
        if (network != null) {
            address = address.replace("{network}", network.id());
        }
        return address.contains("{") ? null : address;
    }
}
