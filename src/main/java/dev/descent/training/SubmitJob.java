package dev.descent.training;

import dev.descent.dataset.Datasets;
import dev.descent.storage.Ids;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.QueuePace;
import dev.descent.training.queue.ShuttingDown;
import dev.descent.training.queue.StateReached;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.queue.Transitions;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Puts a planned job into the queue, if there is room.
@Component
class SubmitJob {

    private final JdbcClient database;
    private final Jobs jobs;
    private final Datasets datasets;
    private final Transitions transitions;
    private final TransactionTemplate transaction;
    private final QueuePace pace;
    private final TrainingProperties properties;
    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json;
    private volatile boolean open = true;

    SubmitJob(
            JdbcClient database,
            Jobs jobs,
            Datasets datasets,
            Transitions transitions,
            PlatformTransactionManager transactions,
            QueuePace pace,
            TrainingProperties properties,
            Ids ids,
            Clock clock,
            JsonMapper json) {
        this.database = database;
        this.jobs = jobs;
        this.datasets = datasets;
        this.transitions = transitions;
        this.transaction = new TransactionTemplate(transactions);
        this.pace = pace;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /// Returns the id of the job, whose row is durable.
    String submit(Tenant tenant, PlanTraining.Planned planned) {
        if (!open) {
            throw new ShuttingDown();
        }
        JobSpec spec = planned.spec();
        var job = new Job(
                ids.next(Job.PREFIX),
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
                null);
        transaction.executeWithoutResult(status -> insert(tenant, job));
        return job.id();
    }

    /// Takes jobs, or refuses every one.
    void open(boolean open) {
        this.open = open;
    }

    private void insert(Tenant tenant, Job job) {
        jobs.insert(tenant, job);
        transitions.tell(job.id(), StateReached.queued());
        datasets.find(tenant, job.datasetId());
        long waiting = database.sql("select count(*) from job where state = 'QUEUED'")
                .query(Long.class)
                .single();
        if (waiting > properties.queueLimit()) {
            throw new QueueFull(properties.queueLimit(), pace.untilNextEnd());
        }
    }
}
