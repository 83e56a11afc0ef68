package dev.descent.training;

import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.storage.Ids;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Origin;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.StateReached;
import dev.descent.training.queue.Transitions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Puts planned jobs into the queue, if there is room.
@Component
public class SubmitJob {

    private final Jobs jobs;
    private final Datasets datasets;
    private final Transitions transitions;
    private final TransactionTemplate transaction;
    private final WaitingRoom room;
    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json;
    private volatile boolean open = true;

    SubmitJob(
            Jobs jobs,
            Datasets datasets,
            Transitions transitions,
            PlatformTransactionManager transactions,
            WaitingRoom room,
            Ids ids,
            Clock clock,
            JsonMapper json) {
        this.jobs = jobs;
        this.datasets = datasets;
        this.transitions = transitions;
        this.transaction = new TransactionTemplate(transactions);
        this.room = room;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /// Returns the id of the job, whose row is durable.
    public String submit(Tenant tenant, PlanTraining.Planned planned) {
        return submit(tenant, planned, newId(), Origin.NONE, () -> {});
    }

    String newId() {
        return ids.next(Job.PREFIX);
    }

    /// The same, with the id given; what is to be done `along` with it belongs to the same transaction.
    String submit(Tenant tenant, PlanTraining.Planned planned, String id, Origin origin, Runnable along) {
        requireOpen();
        Job job = job(planned, id, origin);
        transaction.executeWithoutResult(status -> {
            insert(tenant, List.of(job));
            along.run();
        });
        return id;
    }

    /// Queues all variants of an experiment, or none, and returns their ids; what is to be done `along` with them
    /// belongs to the same transaction.
    public List<String> submit(
            Tenant tenant, List<PlanTraining.Planned> variants, String experimentId, Consumer<List<String>> along) {
        requireOpen();
        List<Job> made = variants.stream()
                .map(planned -> job(planned, newId(), Origin.experiment(experimentId)))
                .toList();
        List<String> ids = made.stream().map(Job::id).toList();
        transaction.executeWithoutResult(status -> {
            insert(tenant, made);
            along.accept(ids);
        });
        return ids;
    }

    private Job job(PlanTraining.Planned planned, String id, Origin origin) {
        JobSpec spec = planned.spec();
        return new Job(
                id,
                spec.name(),
                spec.datasetId(),
                JobState.QUEUED,
                null,
                null,
                spec.priority(),
                planned.plan().memoryBytes(),
                0,
                0,
                Instant.ofEpochMilli(clock.millis()),
                null,
                null,
                json.writeValueAsString(spec),
                json.writeValueAsString(planned.plan()),
                null,
                null,
                true,
                origin,
                null);
    }

    /// Takes jobs, or refuses every one.
    void open(boolean open) {
        this.open = open;
    }

    void requireOpen() {
        if (!open) {
            throw new ShuttingDown();
        }
    }

    private void insert(Tenant tenant, List<Job> made) {
        room.take(tenant, made.size());
        for (Job job : made) {
            jobs.insert(tenant, job);
            transitions.tell(job.id(), StateReached.queued());
            requireDataset(tenant, job.datasetId());
        }
    }

    private void requireDataset(Tenant tenant, String id) {
        try {
            datasets.hold(tenant, id);
        } catch (DatasetNotFound deleted) {
            throw new DatasetGone(id);
        }
    }
}
