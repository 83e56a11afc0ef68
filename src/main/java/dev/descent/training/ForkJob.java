package dev.descent.training;

import dev.descent.core.InvalidSpec;
import dev.descent.fault.Damaged;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.checkpoint.OpenedCheckpoint;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.checkpoint.WrittenCheckpoint;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.plan.RecordingPlan;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Origin;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.recording.ForkedRecording;
import dev.descent.training.recording.Kind;
import dev.descent.training.recording.Mark;
import dev.descent.training.recording.Recording;
import dev.descent.training.recording.Recordings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes a job that begins with another's checkpoint.
@Component
class ForkJob {

    private static final int TRIES = 3;

    private final Jobs jobs;
    private final Checkpoints checkpoints;
    private final CheckpointFiles files;
    private final Recordings recordings;
    private final PlanTraining planTraining;
    private final SubmitJob submitJob;
    private final JsonMapper json;

    ForkJob(
            Jobs jobs,
            Checkpoints checkpoints,
            CheckpointFiles files,
            Recordings recordings,
            PlanTraining planTraining,
            SubmitJob submitJob,
            JsonMapper json) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.files = files;
        this.recordings = recordings;
        this.planTraining = planTraining;
        this.submitJob = submitJob;
        this.json = json;
    }

    /// A fork that could be submitted.
    record Planned(Job parent, KeptCheckpoint checkpoint, PlanTraining.Planned planned) {}

    Planned plan(Tenant tenant, String id, ForkRequest request) {
        Job parent = jobs.get(tenant, id);
        KeptCheckpoint checkpoint = checkpoint(parent, request);
        PlanTraining.Planned planned = planTraining.plan(tenant, request(parent, request));
        if (planned.plan().steps() <= checkpoint.step()) {
            throw new InvalidSpec(
                    request.steps() == null ? "/epochs" : "/steps",
                    "nothing-to-do",
                    "the checkpoint has " + checkpoint.step() + " steps behind it, and the fork would have "
                            + planned.plan().steps() + " in all: give it more");
        }
        return new Planned(parent, checkpoint, planned);
    }

    /// Returns the id of the fork, whose row, checkpoint and recording are durable.
    String fork(Tenant tenant, Planned fork) {
        return begin(
                tenant, fork, Origin.fork(fork.parent().id(), fork.checkpoint().step()));
    }

    /// The same of a job that comes from elsewhere.
    String begin(Tenant tenant, Planned fork, Origin origin) {
        submitJob.requireOpen();
        String id = submitJob.newId();
        Path directory = recordings.directory(id, 0);
        try (WrittenCheckpoint written = copy(tenant, fork, directory)) {
            return submitJob.submit(tenant, fork.planned(), id, origin, () -> checkpoints.lend(id, written));
        } catch (RuntimeException e) {
            recordings.discard(directory);
            throw e;
        }
    }

    private KeptCheckpoint checkpoint(Job parent, ForkRequest request) {
        List<KeptCheckpoint> kept = checkpoints.of(parent.id());
        if (kept.isEmpty()) {
            throw new StateConflict("job " + parent.id() + " has no checkpoint to begin with");
        }
        Long step = request.step();
        return kept.stream()
                .filter(one -> step == null || one.step() == step)
                .findFirst()
                .orElseThrow(() -> new InvalidSpec(
                        "/step",
                        "unknown-checkpoint",
                        "job " + parent.id() + " has checkpoints at the steps "
                                + kept.stream().map(KeptCheckpoint::step).toList() + ", none at " + step,
                        step));
    }

    /// The parent's spec with what the fork does otherwise put in.
    private TrainingRequest request(Job parent, ForkRequest request) {
        var spec = (ObjectNode) json.readTree(parent.spec());
        var changes = (ObjectNode) json.valueToTree(request);
        changes.remove("step");
        if (request.epochs() != null || request.steps() != null) {
            spec.remove("epochs");
            spec.remove("steps");
        }
        changes.properties().stream()
                .filter(change -> !change.getValue().isNull())
                .forEach(change -> spec.set(change.getKey(), change.getValue()));
        if (request.optimizer() != null || request.schedule() != null) {
            ((ObjectNode) spec.get("record")).put("learningRate", true);
        }
        return json.treeToValue(spec, TrainingRequest.class);
    }

    /// The parent may end meanwhile, or begin another attempt: what it recorded is somewhere else then.
    private WrittenCheckpoint copy(Tenant tenant, Planned fork, Path directory) {
        String id = fork.parent().id();
        long step = fork.checkpoint().step();
        for (int tries = 1; ; tries++) {
            try {
                return copy(jobs.get(tenant, id), fork, directory);
            } catch (IOException | Damaged e) {
                recordings.discard(directory);
                if (!checkpoints.of(id).contains(fork.checkpoint())) {
                    throw new StateConflict("job " + id + " has just let go of its checkpoint at step " + step);
                }
                if (e instanceof NoSuchFileException && tries < TRIES) {
                    continue;
                }
                throw e instanceof Damaged damaged
                        ? damaged
                        : new Damaged("the checkpoint of job " + id + " at step " + step + " cannot be used: "
                                + e.getMessage());
            }
        }
    }

    private WrittenCheckpoint copy(Job parent, Planned fork, Path directory) throws IOException {
        OpenedCheckpoint opened = files.open(fork.checkpoint());
        Placement placement = opened.placement();
        Plan plan = fork.planned().plan();
        Recording recording = RecordingPlan.of(
                fork.planned().spec(),
                plan.steps(),
                plan.stepsPerEpoch(),
                plan.validationRows() > 0,
                plan.trainingRows());
        double rate = json.readValue(parent.spec(), JobSpec.class).optimizer().learningRate();
        Map<Kind, Mark> marks =
                ForkedRecording.copy(recording, directory, placement.recorded(), recorded(parent), rate);
        return checkpoints.write(placement.recording(marks), opened.checkpoint());
    }

    /// Where the parent's recording is just now.
    private Function<Kind, Path> recorded(Job parent) {
        if (parent.state().terminal()) {
            return kind -> recordings
                    .file(parent.id(), kind)
                    .orElseThrow(() -> new StateConflict(
                            "what job " + parent.id() + " recorded up to its checkpoint is not there any more"));
        }
        return kind -> recordings.attempts(parent.id(), parent.fence()).stream()
                .findFirst()
                .map(attempt -> attempt.resolve(kind.fileName()))
                .orElseThrow(() -> new StateConflict("job " + parent.id() + " has moved on: try again"));
    }
}
