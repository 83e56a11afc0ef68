package dev.descent.training.run;

import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.lint.Linter;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingSpec;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Damaged;
import dev.descent.model.Metrics;
import dev.descent.model.ModelDescription;
import dev.descent.model.Models;
import dev.descent.model.Provenance;
import dev.descent.model.WrittenModel;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.Keeper;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.checkpoint.WrittenCheckpoint;
import dev.descent.training.plan.Examples;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.queue.Attempts;
import dev.descent.training.queue.Claim;
import dev.descent.training.queue.Ending;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.Reason;
import dev.descent.training.queue.RunningJob;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Trains the network of a job on its data, and makes a model of it.
@Component
public class TrainNetwork implements Attempt {

    private static final Logger log = LoggerFactory.getLogger(TrainNetwork.class);

    private final Datasets datasets;
    private final Models models;
    private final StartRun startRun;
    private final Attempts attempts;
    private final Checkpoints checkpoints;
    private final Recordings recordings;
    private final TrainingProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    TrainNetwork(
            Datasets datasets,
            Models models,
            StartRun startRun,
            Attempts attempts,
            Checkpoints checkpoints,
            Recordings recordings,
            TrainingProperties properties,
            JsonMapper json,
            Clock clock) {
        this.datasets = datasets;
        this.models = models;
        this.startRun = startRun;
        this.attempts = attempts;
        this.checkpoints = checkpoints;
        this.recordings = recordings;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Result run(RunningJob job, Path directory) throws IOException {
        JobSpec spec = json.readValue(job.claim().spec(), JobSpec.class);
        Dataset dataset = datasets.find(new Tenant(job.claim().tenant()), spec.datasetId());
        Examples examples;
        try (Table table = datasets.open(dataset)) {
            examples = Examples.read(spec, table);
        } catch (IOException | UncheckedIOException | Damaged e) {
            log.error("Job {} cannot read its data", job.claim().jobId(), e);
            return Result.of(Ending.failed(
                    Reason.DATA_CORRUPT,
                    "The table of dataset " + dataset.id() + " cannot be read: " + e.getMessage()));
        }
        if (job.stopWanted() != null) {
            return Result.of(stopped(job, spec));
        }
        TrainingSpec training = spec.trainingSpec();
        int rows = examples.training().rows();
        boolean validated = examples.training().validationRows() > 0;
        long steps = training.steps(rows);
        long stepsPerEpoch = training.stepsPerEpoch(rows);
        Recording recording = RecordingPlan.of(spec, steps, stepsPerEpoch, validated, rows);
        var length = new Progress.Length(steps, Math.ceilDiv(steps, stepsPerEpoch), (double) rows / stepsPerEpoch);
        Claim claim = job.claim();
        try (var started =
                        startRun.start(claim, training, examples.training(), dataset.sha256(), recording, directory);
                var keeper = new Keeper(
                        checkpoints,
                        claim,
                        started.trainer(),
                        started.recorder(),
                        started.copy(),
                        properties.checkpointInterval(),
                        job.now(),
                        () -> recordings.discardBefore(claim.jobId(), claim.fence()))) {
            Placement from = started.placement();
            attempts.began(
                    claim, Beginnings.of(started, dataset.sha256(), examples.parts()), wroteCheckpoint(claim, from));
            Linter linter = linter(claim, training, examples, started.trainer(), from);
            var watch = new Watch(
                    job, started.recorder(), keeper, linter, dataset.sha256(), length, validated, spec.metrics(), from);
            job.begin(
                    from == null
                            ? Progress.start(length)
                            : Progress.at(length, from.step(), from.epoch()).inRound(from.round()),
                    secondsBefore(claim, from),
                    spec.timeLimitSeconds());
            Outcome outcome = started.trainer().run(watch);
            watch.finish(outcome);
            return result(job, spec, dataset, examples, started, outcome, training, watch.last());
        } catch (ForeignCheckpoint refused) {
            log.error("Job {} cannot go on", claim.jobId(), refused);
            return Result.of(Ending.failed(Reason.INTERNAL, refused.message()));
        }
    }

    private static @Nullable String wroteCheckpoint(Claim claim, @Nullable Placement from) {
        if (from == null || !from.jobId().equals(claim.jobId())) {
            return null;
        }
        if (!from.engine().equals(Engine.VERSION)) {
            log.warn(
                    "Job {} goes on from a checkpoint of Descent {}: its bits may be no single version's",
                    claim.jobId(),
                    from.engine());
        }
        return from.engine();
    }

    /// A fork is another run: what was found in the one that it came from says nothing of it.
    private static Linter linter(
            Claim claim, TrainingSpec training, Examples examples, Trainer trainer, @Nullable Placement from) {
        var linter = new Linter(
                training,
                examples.training(),
                trainer.network(),
                examples.encoding().inputs(),
                examples.trainingRows());
        if (from != null && from.jobId().equals(claim.jobId()) && from.linter() != null) {
            linter.resume(from.linter(), from.step());
        } else if (from != null) {
            linter.beginAt(from.step());
        } else {
            linter.begin();
        }
        return linter;
    }

    private Result result(
            RunningJob job,
            JobSpec spec,
            Dataset dataset,
            Examples examples,
            StartRun.Started started,
            Outcome outcome,
            TrainingSpec training,
            @Nullable WrittenCheckpoint checkpoint)
            throws IOException {
        Trainer trainer = started.trainer();
        var end = new Attempts.End(
                outcome.steps(),
                outcome.epochs(),
                outcome.restarts(),
                trainer.network().digest());
        try {
            return switch (outcome.end()) {
                case COMPLETED, EARLY_STOPPED ->
                    new Result(
                            Ending.succeeded(outcome),
                            job.claim().verifies() == null
                                    ? model(job, dataset, examples, trainer, end, training)
                                    : null,
                            checkpoint,
                            end);
                case DIVERGED -> {
                    started.recorder().keepWeights(trainer.network());
                    yield new Result(Divergence.of(outcome), null, null, end);
                }
                case STOPPED -> {
                    if (job.stopWanted() == RunningJob.Stop.TIME_LIMIT) {
                        started.recorder().keepWeights(trainer.network());
                    }
                    yield new Result(stopped(job, spec), null, checkpoint, end);
                }
            };
        } catch (RuntimeException e) {
            if (checkpoint != null) {
                checkpoint.close();
            }
            throw e;
        }
    }

    /// A fork has its time for itself.
    private static double secondsBefore(Claim claim, @Nullable Placement from) {
        return from == null || !from.jobId().equals(claim.jobId()) ? 0 : from.seconds();
    }

    private static Ending stopped(RunningJob job, JobSpec spec) {
        return switch (Objects.requireNonNull(job.stopWanted())) {
            case CANCEL -> Ending.CANCELLED;
            case PAUSE -> Ending.PAUSED;
            case DRAIN, LOST -> Ending.GIVEN_BACK;
            case TIME_LIMIT ->
                Ending.failed(
                        Reason.TIME_LIMIT,
                        "The run was not over after " + spec.timeLimitSeconds() + " seconds (timeLimitSeconds).");
        };
    }

    private WrittenModel model(
            RunningJob job,
            Dataset dataset,
            Examples examples,
            Trainer trainer,
            Attempts.End end,
            TrainingSpec training) {
        Network network = trainer.network();
        var data = examples.training();
        var evaluate = new Evaluate(
                network,
                new Objective(training.loss(), training.precision()),
                examples.targets(),
                examples.targetScaling(),
                training.batchSize(data.rows()));
        var metrics = new Metrics(
                Objects.requireNonNull(evaluate.on(data.training())),
                evaluate.on(data.validation()),
                evaluate.on(examples.test()));
        var provenance = new Provenance(
                job.claim().jobId(),
                job.claim().fence(),
                job.claim().spec(),
                dataset.id(),
                dataset.sha256(),
                end.weightsSha256(),
                end.step(),
                end.epochs(),
                Engine.VERSION,
                Instant.ofEpochMilli(clock.millis()));
        List<Target> targets = examples.targets().columns();
        var description = new ModelDescription(
                training.network(),
                training.precision(),
                examples.encoding(),
                examples.featureScaling(),
                targets.getFirst(),
                targets.size() == 1 ? null : targets.subList(1, targets.size()),
                examples.targetScaling(),
                training.loss(),
                metrics,
                provenance);
        return models.write(description, network);
    }
}
