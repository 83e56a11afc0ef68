package dev.descent.training.compare;

import dev.descent.core.InvalidSpec;
import dev.descent.core.data.Table;
import dev.descent.core.train.TrainingData;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Fault;
import dev.descent.training.checkpoint.CheckpointFiles;
import dev.descent.training.compare.Parting.SingleSettingReplay;
import dev.descent.training.plan.Examples;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds by exact replay where the weights of jobs part, and which setting alone would have parted them there.
@Component
class FindPartings {

    /// So many settings of one pair of jobs are tried at most.
    static final int MOST_REPLAYS = 16;

    private static final String DATASET = "/datasetId";

    private final Datasets datasets;
    private final CheckpointFiles files;
    private final JsonMapper json;

    FindPartings(Datasets datasets, CheckpointFiles files, JsonMapper json) {
        this.datasets = datasets;
        this.files = files;
        this.json = json;
    }

    /// Bytes that a search takes: both runs, and then the first again beside itself with a setting of the second.
    static long bytes(ComparedJob first, ComparedJob second) {
        return 2 * first.bytes() + second.bytes();
    }

    /// @param most how many steps to take again at most
    /// @param goesOn whether anybody still waits, and there is time
    Parting find(ComparedJob first, ComparedJob second, long most, BooleanSupplier goesOn) throws IOException {
        List<String> ids = List.of(first.id(), second.id());
        Dataset data = first.dataset();
        Dataset otherData = second.dataset();
        if (data == null || otherData == null) {
            ComparedJob without = data == null ? first : second;
            return Parting.without(
                    ids,
                    "noData",
                    "dataset " + without.spec().datasetId() + " of job " + without.id()
                            + " is deleted: its steps cannot be taken again");
        }
        CommonHistory history =
                first.run().isEmpty() || second.run().isEmpty() ? null : CommonHistory.of(first.run(), second.run());
        if (history == null) {
            return Parting.without(
                    ids,
                    "noBeginning",
                    "a fork begins with the steps of the job it was forked from: that is deleted, or the checkpoint"
                            + " cannot be read, and the other job has another beginning");
        }
        long reached = Math.max(0, Math.min(reached(first), reached(second)) - history.steps());
        Rows rows = read(first.spec(), data);
        Rows otherRows = rows.serve(second.spec(), otherData) ? rows : read(second.spec(), otherData);
        Parting parting;
        try (Run one = Run.start(history.first(), rows.data(), files);
                Run other = Run.start(history.second(), otherRows.data(), files)) {
            parting = new Lockstep(ids, one, other).search(Math.min(most, reached), goesOn);
        }
        if (parting.outcome().equals("stepLimit") && reached <= most) {
            return parting.ended("a run ended there, with the weights that the other had");
        }
        return parting.step() == null
                ? parting
                : parting.caused(replays(parting, history, first, second, rows, goesOn));
    }

    /// How many steps a job that was ended by something besides its spec made; else no bound.
    private long reached(ComparedJob job) {
        JobState state = job.job().state();
        if (state != JobState.FAILED && state != JobState.CANCELLED) {
            return Long.MAX_VALUE;
        }
        String stored = job.job().progress();
        Progress progress = stored == null ? null : json.readValue(stored, Progress.class);
        if (progress == null) {
            return 0;
        }
        return progress.round() > 0 ? Long.MAX_VALUE : progress.step();
    }

    private List<SingleSettingReplay> replays(
            Parting parting,
            CommonHistory history,
            ComparedJob first,
            ComparedJob second,
            Rows rows,
            BooleanSupplier goesOn)
            throws IOException {
        List<SingleSettingReplay> replays = new ArrayList<>();
        for (List<String> settings : candidates(parting, first, second)) {
            if (replays.size() == MOST_REPLAYS || !goesOn.getAsBoolean()) {
                replays.add(without(settings, "the replays that there may be were used up"));
                continue;
            }
            replays.add(replay(parting, settings, history, first, second, rows, goesOn));
        }
        return replays;
    }

    private static List<List<String>> candidates(Parting parting, ComparedJob first, ComparedJob second) {
        List<String> pointers = Settings.differing(List.of(first.settings(), second.settings())).stream()
                .map(Settings.Differing::pointer)
                .filter(pointer -> !pointer.equals(DATASET) || !sameData(first, second))
                .toList();
        return Candidates.of(pointers, parting.searchedSteps() == 0);
    }

    private static boolean sameData(ComparedJob first, ComparedJob second) {
        return first.dataset() != null
                && second.dataset() != null
                && first.dataset().sha256().equals(second.dataset().sha256());
    }

    private SingleSettingReplay replay(
            Parting parting,
            List<String> settings,
            CommonHistory history,
            ComparedJob first,
            ComparedJob second,
            Rows rows,
            BooleanSupplier goesOn)
            throws IOException {
        Stretch stretch = history.first().getFirst();
        JsonNode changed = Settings.taking(json.valueToTree(stretch.spec()), second.settings(), settings);
        Dataset dataset = settings.contains(DATASET) ? second.dataset() : first.dataset();
        if (dataset == null) {
            return without(settings, "the dataset is deleted");
        }
        Parting alone;
        try {
            JobSpec spec = json.treeToValue(changed, JobSpec.class);
            Rows its = rows.serve(spec, dataset) ? rows : read(spec, dataset);
            try (Run one = Run.start(history.first(), rows.data(), files);
                    Run other = Run.start(List.of(stretch.with(spec)), its.data(), files)) {
                alone = new Lockstep(parting.jobIds(), one, other).search(parting.searchedSteps(), goesOn);
            }
        } catch (InvalidSpec | Fault | JacksonException impossible) {
            return without(settings, "cannot be taken alone: " + impossible.getMessage());
        }
        if (alone.outcome().equals("timeLimit")) {
            return without(settings, "the time for the search was over");
        }
        boolean here = alone.step() != null && alone.searchedSteps() == parting.searchedSteps();
        return new SingleSettingReplay(
                settings,
                alone.step(),
                here,
                here
                        && alone.firstDifference() != null
                        && alone.firstDifference().equals(parting.firstDifference()),
                null);
    }

    private static SingleSettingReplay without(List<String> settings, String problem) {
        return new SingleSettingReplay(settings, null, false, false, problem);
    }

    /// A job's rows as its run wants them.
    private record Rows(JobSpec spec, Dataset dataset, TrainingData data) {

        /// Whether they are what this spec reads out of this dataset, too.
        boolean serve(JobSpec other, Dataset its) {
            return dataset.sha256().equals(its.sha256()) && reading(spec).equals(reading(other));
        }

        private static List<@Nullable Object> reading(JobSpec spec) {
            List<@Nullable Object> reading = new ArrayList<>();
            reading.add(spec.features());
            reading.add(spec.target());
            reading.add(spec.targets());
            reading.add(spec.sampleWeight());
            reading.add(spec.task());
            reading.add(spec.preprocessing());
            reading.add(spec.split());
            reading.add(spec.seed());
            reading.add(spec.precision());
            reading.add(spec.loss());
            reading.add(spec.network().outputs());
            return reading;
        }
    }

    private Rows read(JobSpec spec, Dataset dataset) throws IOException {
        try (Table table = datasets.open(dataset)) {
            return new Rows(spec, dataset, Examples.read(spec, table).training());
        }
    }
}
