package dev.descent.training.trace;

import dev.descent.core.train.DivergenceRemedy;
import dev.descent.fault.Damaged;
import dev.descent.fault.NotFound;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.RunningJobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Finds out whether a job has come to a step, and whose step that was.
@Component
class FindStep {

    private final Jobs jobs;
    private final RunningJobs running;
    private final Checkpoints checkpoints;
    private final CheckpointFiles files;
    private final JsonMapper json;

    FindStep(Jobs jobs, RunningJobs running, Checkpoints checkpoints, CheckpointFiles files, JsonMapper json) {
        this.jobs = jobs;
        this.running = running;
        this.checkpoints = checkpoints;
        this.files = files;
        this.json = json;
    }

    /// Updates made, since the run began again for the last time.
    private record Reached(long round, long steps) {}

    /// A job that has not succeeded has a next step, which can be traced like those before: of a run that
    /// diverged it is the step that did.
    ///
    /// @param wanted how often the run had begun again before the step; null for the last beginning
    Location find(Tenant tenant, String jobId, long step, @Nullable Long wanted) {
        Job job = jobs.get(tenant, jobId);
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        Reached reached = reached(job, spec);
        long round = wanted == null ? reached.round() : wanted;
        if (round < 0 || round > reached.round()) {
            throw NoSuchStep.inRound(job, round, reached.round());
        }
        boolean earlier = round < reached.round();
        long made = earlier ? plan.steps() : reached.steps();
        long last = job.state() == JobState.SUCCEEDED && !earlier ? made - 1 : Math.min(made, plan.steps() - 1);
        if (step < 0 || step > last) {
            throw NoSuchStep.of(job, step, last, plan.steps());
        }
        return owner(tenant, new Location(job, spec, plan, round, step));
    }

    /// The weights that a job had when it had made each of these numbers of updates, as it stands now: `chosen` is told
    /// how many it has made.
    List<Location> findWeights(Tenant tenant, String jobId, LongFunction<long[]> chosen) {
        Job job = jobs.get(tenant, jobId);
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Plan plan = json.readValue(job.plan(), Plan.class);
        Reached reached = reached(job, spec);
        List<Location> places = new ArrayList<>();
        for (long updates : chosen.apply(reached.steps())) {
            if (updates < 0 || updates > reached.steps()) {
                throw NoSuchStep.of(job, updates, reached.steps(), plan.steps() + 1);
            }
            places.add(owner(tenant, new Location(job, spec, plan, reached.round(), updates)));
        }
        return places;
    }

    /// Follows a step that was taken before a fork to the job that took it; the round is that of both.
    private Location owner(Tenant tenant, Location place) {
        Job job = place.job();
        String parentId = job.origin().forkedFrom();
        Long forkedStep = job.origin().forkedStep();
        if (parentId == null || forkedStep == null) {
            return place;
        }
        List<KeptCheckpoint> kept = checkpoints.of(job.id());
        long round = kept.isEmpty() ? 0 : round(job, kept.getLast());
        if (place.round() > round || (place.round() == round && place.step() >= forkedStep)) {
            return place;
        }
        try {
            Job parent = jobs.get(tenant, parentId);
            return owner(
                    tenant,
                    new Location(
                            parent,
                            json.readValue(parent.spec(), JobSpec.class),
                            json.readValue(parent.plan(), Plan.class),
                            place.round(),
                            place.step()));
        } catch (NotFound gone) {
            throw NotReplayable.withoutParent(job.id(), parentId, place.step());
        }
    }

    static boolean beginsAgain(JobSpec spec) {
        return spec.onDivergence() instanceof DivergenceRemedy.Restart;
    }

    /// What the run shows, or else the row; a process that died may have kept a checkpoint after that.
    private Reached reached(Job job, JobSpec spec) {
        Progress shown = running.find(job.id())
                .filter(attempt -> job.state().atWork() && attempt.claim().fence() == job.fence())
                .map(RunningJob::progress)
                .orElseGet(() -> stored(job));
        List<KeptCheckpoint> kept = checkpoints.of(job.id());
        long round = shown == null ? 0 : shown.round();
        long steps = shown == null ? 0 : shown.step();
        if (!kept.isEmpty()) {
            KeptCheckpoint latest = kept.getFirst();
            long itsRound = beginsAgain(spec) || job.origin().forkedFrom() != null ? round(job, latest) : round;
            if (itsRound > round) {
                return new Reached(itsRound, latest.step());
            }
            steps = itsRound == round ? Math.max(steps, latest.step()) : steps;
        }
        return new Reached(round, steps);
    }

    private @Nullable Progress stored(Job job) {
        return job.progress() == null ? null : json.readValue(job.progress(), Progress.class);
    }

    /// How often the run had begun again when it kept this.
    private long round(Job job, KeptCheckpoint kept) {
        try {
            return files.open(kept).placement().round();
        } catch (IOException e) {
            throw new Damaged(
                    "checkpoint " + kept.number() + " of job " + job.id() + " cannot be read: " + e.getMessage());
        }
    }
}
