package dev.descent.training.trace;

import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.nn.Network;
import dev.descent.core.train.Excerpt;
import dev.descent.core.train.StepTrace;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingSpec;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Damaged;
import dev.descent.tenant.Tenant;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.checkpoint.Checkpoints;
import dev.descent.training.checkpoint.KeptCheckpoint;
import dev.descent.training.checkpoint.OpenedCheckpoint;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.plan.Examples;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes a step of a job again: from the nearest checkpoint before it, or from the start, by the code
/// that trains.
@Component
class Replay {

    private static final Logger log = LoggerFactory.getLogger(Replay.class);

    private final Datasets datasets;
    private final Checkpoints checkpoints;
    private final CheckpointFiles files;

    Replay(Datasets datasets, Checkpoints checkpoints, CheckpointFiles files) {
        this.datasets = datasets;
        this.checkpoints = checkpoints;
        this.files = files;
    }

    /// A run on its way to the step.
    ///
    /// @param from how many updates it has made
    /// @param again how often it is to diverge and begin again before the step
    private record Begun(Trainer trainer, long from, int again) {}

    /// Returns null where `goesOn` became false.
    @Nullable
    OpenedStep open(Tenant tenant, Location place, Excerpt excerpt, BooleanSupplier goesOn) throws IOException {
        Dataset dataset = dataset(tenant, place);
        Examples examples;
        try (Table table = datasets.open(dataset)) {
            examples = Examples.read(place.spec(), table);
        }
        Begun begun = begin(place, examples, dataset.sha256());
        try (Trainer trainer = begun.trainer()) {
            StepTrace trace = trainer.trace(begun.again(), place.step(), excerpt, goesOn);
            if (trace != null) {
                int[] rows = examples.trainingRows();
                return new OpenedStep(
                        place,
                        trace,
                        begun.from(),
                        examples.encoding().inputs(),
                        examples.targets().columns().stream()
                                .map(Target::column)
                                .toList(),
                        trace.batch().trainingRows().stream()
                                .map(row -> rows[row])
                                .toList());
            }
            if (goesOn.getAsBoolean()) {
                throw new IllegalStateException("job " + place.job().id() + " did not come to step " + place.step()
                        + " again (round " + place.round() + ")");
            }
            return null;
        }
    }

    /// What is done at a step on the way.
    interface Stop {
        void at(long step, Examples examples, Network network);
    }

    /// Takes the steps of one job and round, in order, in a single pass: `stop` sees the network before each of them.
    /// Returns false where `goesOn` became false.
    boolean pass(Tenant tenant, List<Location> places, Stop stop, BooleanSupplier goesOn) throws IOException {
        Location first = places.getFirst();
        Dataset dataset = dataset(tenant, first);
        Examples examples;
        try (Table table = datasets.open(dataset)) {
            examples = Examples.read(first.spec(), table);
        }
        Begun begun = begin(first, examples, dataset.sha256());
        try (Trainer trainer = begun.trainer()) {
            var stops = new Stops(
                    begun.again(),
                    places.stream().mapToLong(Location::step).toArray(),
                    step -> stop.at(step, examples, trainer.network()),
                    goesOn);
            if (stops.begin(begun.from())) {
                trainer.run(stops);
            }
            if (!stops.done() && goesOn.getAsBoolean()) {
                throw new IllegalStateException("job " + first.job().id() + " did not come to step "
                        + places.getLast().step() + " again (round " + first.round() + ")");
            }
            return stops.done();
        }
    }

    Dataset dataset(Tenant tenant, Location place) {
        try {
            return datasets.find(tenant, place.spec().datasetId());
        } catch (DatasetNotFound gone) {
            throw NotReplayable.withoutDataset(place.job().id(), place.spec().datasetId());
        }
    }

    /// A checkpoint that is damaged is passed over for the one before it: what it saves is time, never
    /// bits.
    private Begun begin(Location place, Examples examples, String tableSha256) {
        String jobId = place.job().id();
        TrainingSpec spec = place.spec().trainingSpec();
        boolean rounds = FindStep.beginsAgain(place.spec());
        for (KeptCheckpoint kept : checkpoints.of(jobId)) {
            if (kept.step() > place.step() && !rounds) {
                continue;
            }
            try {
                OpenedCheckpoint opened = files.open(kept);
                Placement placement = opened.placement();
                int again = rounds ? Math.toIntExact(place.round() - placement.round()) : 0;
                if (again < 0 || (again == 0 && kept.step() > place.step())) {
                    continue;
                }
                if (!placement.tableSha256().equals(tableSha256)) {
                    throw new IOException("it was trained on other data");
                }
                Trainer trainer = placement.jobId().equals(jobId)
                        ? Trainer.resume(spec, examples.training(), opened.checkpoint())
                        : Trainer.fork(spec, examples.training(), opened.checkpoint());
                return new Begun(trainer, kept.step(), again);
            } catch (IOException | Damaged e) {
                log.warn("Checkpoint {} of job {} is passed over: {}", kept.number(), jobId, e.getMessage());
            }
        }
        if (place.job().origin().forkedFrom() != null) {
            throw NotReplayable.withoutBeginning(jobId);
        }
        return new Begun(Trainer.start(spec, examples.training()), 0, Math.toIntExact(rounds ? place.round() : 0));
    }
}
