package dev.descent.training;

import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Origin;
import dev.descent.training.queue.Reason;
import dev.descent.training.queue.StateConflict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes a job that repeats another, from its first step or from the checkpoint that it was forked with: to try what
/// failed again, or to see whether the same bits come out.
@Component
class RepeatJob {

    private final Checkpoints checkpoints;
    private final PlanTraining planTraining;
    private final SubmitJob submitJob;
    private final ForkJob forkJob;
    private final JsonMapper json;

    RepeatJob(
            Checkpoints checkpoints, PlanTraining planTraining, SubmitJob submitJob, ForkJob forkJob, JsonMapper json) {
        this.checkpoints = checkpoints;
        this.planTraining = planTraining;
        this.submitJob = submitJob;
        this.forkJob = forkJob;
        this.json = json;
    }

    /// A repetition that could be submitted.
    ///
    /// @param beginning the checkpoint of a fork; null where the job began with its first step
    record Planned(Job job, @Nullable KeptCheckpoint beginning, PlanTraining.Planned planned) {}

    Planned planRetry(Tenant tenant, Job job) {
        switch (job.state()) {
            case FAILED, CANCELLED -> {}
            case QUEUED, RUNNING, PAUSING, PAUSED, CANCELLING, SUCCEEDED ->
                throw new StateConflict("job " + job.id() + " is " + job.state()
                        + "; only a job that FAILED or was CANCELLED can be tried again");
        }
        return new Planned(
                job, beginning(job), planTraining.plan(tenant, json.readValue(job.spec(), TrainingRequest.class)));
    }

    /// Returns the id of the new job.
    String retry(Tenant tenant, Planned planned) {
        return submit(tenant, planned, Origin.retry(planned.job()));
    }

    /// The same spec but for `timeLimitSeconds`: how long it takes is another matter.
    Planned planVerification(Tenant tenant, Job job) {
        requireVerifiable(job);
        var spec = (ObjectNode) json.readTree(job.spec());
        spec.putNull("timeLimitSeconds");
        return new Planned(
                job, beginning(job), planTraining.plan(tenant, json.treeToValue(spec, TrainingRequest.class)));
    }

    /// Returns the id of the new job.
    String verify(Tenant tenant, Planned planned) {
        return submit(tenant, planned, Origin.verification(planned.job()));
    }

    private String submit(Tenant tenant, Planned planned, Origin origin) {
        return planned.beginning() == null
                ? submitJob.submit(tenant, planned.planned(), submitJob.newId(), origin, () -> {})
                : forkJob.begin(
                        tenant, new ForkJob.Planned(planned.job(), planned.beginning(), planned.planned()), origin);
    }

    private static void requireVerifiable(Job job) {
        if (job.state() == JobState.SUCCEEDED || job.reason() == Reason.DIVERGED) {
            return;
        }
        throw new StateConflict("job " + job.id() + " is " + job.state()
                + (job.state().terminal() ? ", " + job.reason() : "")
                + "; only a job that SUCCEEDED or DIVERGED comes to the same end again"
                + (job.state().terminal() ? "" : ": wait until it has ended"));
    }

    private @Nullable KeptCheckpoint beginning(Job job) {
        if (job.origin().forkedFrom() == null) {
            return null;
        }
        return checkpoints.of(job.id()).stream()
                .filter(KeptCheckpoint::forked)
                .findFirst()
                .orElseThrow(() -> new StateConflict(
                        "the checkpoint that job " + job.id() + " was forked with is not there any more"));
    }
}
