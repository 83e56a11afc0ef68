package dev.descent.experiment;

import dev.descent.experiment.Experiment.Begun;
import dev.descent.storage.Ids;
import dev.descent.tenant.Tenant;
import dev.descent.training.DeleteJob;
import dev.descent.training.SteerJob;
import dev.descent.training.SubmitJob;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.StateConflict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Begins, stops and forgets all jobs of an experiment.
@Component
class SteerExperiment {

    private final Experiments experiments;
    private final Jobs jobs;
    private final SubmitJob submitJob;
    private final SteerJob steerJob;
    private final DeleteJob deleteJob;
    private final TransactionTemplate transaction;
    private final Ids ids;
    private final Clock clock;

    SteerExperiment(
            Experiments experiments,
            Jobs jobs,
            SubmitJob submitJob,
            SteerJob steerJob,
            DeleteJob deleteJob,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.experiments = experiments;
        this.jobs = jobs;
        this.submitJob = submitJob;
        this.steerJob = steerJob;
        this.deleteJob = deleteJob;
        this.transaction = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
    }

    /// Returns the id of the experiment, whose row and jobs are durable.
    String submit(Tenant tenant, PlanExperiment.Planned planned) {
        String id = ids.next(Experiment.PREFIX);
        submitJob.submit(
                tenant,
                planned.variants(),
                id,
                jobIds -> experiments.insert(
                        tenant,
                        new Experiment(
                                id,
                                planned.request().name(),
                                planned.request(),
                                begun(jobIds, planned),
                                planned.paired(),
                                Instant.ofEpochMilli(clock.millis()))));
        return id;
    }

    private static List<Begun> begun(List<String> jobIds, PlanExperiment.Planned planned) {
        List<Begun> begun = new ArrayList<>();
        for (int k = 0; k < jobIds.size(); k++) {
            begun.add(new Begun(
                    jobIds.get(k), planned.digests().get(k), planned.differs().get(k)));
        }
        return begun;
    }

    /// Stops what has not ended; where nothing is left to be stopped, all has to be CANCELLED already.
    void cancel(Tenant tenant, String id) {
        experiments.get(tenant, id);
        List<Job> present = jobs.ofExperiment(tenant, id);
        if (!present.isEmpty()
                && present.stream().allMatch(job -> job.state().terminal())
                && present.stream().anyMatch(job -> job.state() != JobState.CANCELLED)) {
            throw new StateConflict("experiment " + id + " has ended already");
        }
        for (Job job : present) {
            if (!job.state().terminal()) {
                cancel(tenant, job);
            }
        }
    }

    private void cancel(Tenant tenant, Job job) {
        try {
            steerJob.cancel(tenant, job.id());
        } catch (StateConflict ended) {
            if (!jobs.get(tenant, job.id()).state().terminal()) {
                throw ended;
            }
        }
    }

    void delete(Tenant tenant, String id) {
        transaction.executeWithoutResult(status -> {
            experiments.get(tenant, id);
            for (Job job : jobs.ofExperiment(tenant, id)) {
                if (!job.state().terminal()) {
                    throw new StateConflict("job " + job.id() + " of experiment " + id + " is " + job.state()
                            + "; only an experiment that has ended can be deleted: cancel it first");
                }
                deleteJob.delete(tenant, job.id());
            }
            experiments.delete(tenant, id);
        });
    }
}
