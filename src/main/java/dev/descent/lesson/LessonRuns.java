package dev.descent.lesson;

import dev.descent.conformance.Digits;
import dev.descent.conformance.ReferenceNumbers;
import dev.descent.core.data.Table;
import dev.descent.core.train.Batches;
import dev.descent.core.train.DivergenceRemedy;
import dev.descent.core.train.Outcome;
import dev.descent.core.train.Step;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingObserver;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.Examples;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks at jobs as runs of lessons: whether they are the lecture's, what to see in them, and what the answers are.
///
/// Nothing is kept of a lesson's run but its job: answers are read off the same run, taken again by the code that
/// trains.
@Component
class LessonRuns {

    /// What changes no number, or stands in a job by another name.
    private static final Set<String> IRRELEVANT =
            Set.of("name", "datasetId", "networkId", "threads", "priority", "timeLimitSeconds", "record");

    /// What the data says where the request does not.
    private static final Set<String> DERIVED = Set.of("features", "task", "split", "loss");

    private final Jobs jobs;
    private final Datasets datasets;
    private final StartLesson startLesson;
    private final JsonMapper json;

    LessonRuns(Jobs jobs, Datasets datasets, StartLesson startLesson, JsonMapper json) {
        this.jobs = jobs;
        this.datasets = datasets;
        this.startLesson = startLesson;
        this.json = json;
    }

    OpenedRun open(Tenant tenant, Lesson lesson, String jobId) {
        Job job = jobs.get(tenant, jobId);
        JobSpec spec = json.readValue(job.spec(), JobSpec.class);
        Dataset dataset = dataset(tenant, spec);
        Lesson.Variant variant = dataset == null ? null : variant(lesson, spec, dataset);
        return new OpenedRun(
                lesson,
                job,
                spec,
                json.readValue(job.plan(), Plan.class),
                dataset,
                variant,
                variant == null ? null : startLesson.known(tenant, lesson, variant));
    }

    private @Nullable Dataset dataset(Tenant tenant, JobSpec spec) {
        try {
            return datasets.find(tenant, spec.datasetId());
        } catch (DatasetNotFound deleted) {
            return null;
        }
    }

    private Lesson.@Nullable Variant variant(Lesson lesson, JobSpec spec, Dataset dataset) {
        if (!startLesson.isMadeOf(lesson, dataset)) {
            return null;
        }
        JsonNode settings = json.valueToTree(spec);
        return lesson.variants().stream()
                .filter(variant -> hasSettings(startLesson.request(lesson, variant, dataset.id()), settings))
                .findFirst()
                .orElse(null);
    }

    /// Whether a job is what was asked for. What it records does not matter, but for which loss: that of a part of the
    /// rows is another number.
    private boolean hasSettings(TrainingRequest request, JsonNode settings) {
        JsonNode asked = json.valueToTree(request);
        String over = "/record/loss/over";
        if (!(request.batches() instanceof Batches.Full) && !asked.at(over).equals(settings.at(over))) {
            return false;
        }
        for (Map.Entry<String, JsonNode> setting : asked.properties()) {
            String name = setting.getKey();
            JsonNode wanted = setting.getValue();
            JsonNode found = settings.path(name);
            boolean left = IRRELEVANT.contains(name) || (wanted.isNull() && DERIVED.contains(name));
            boolean same = wanted.isNumber() && found.isNumber()
                    ? wanted.doubleValue() == found.doubleValue()
                    : wanted.equals(found);
            if (!left && !same) {
                return false;
            }
        }
        return true;
    }

    /// Whether the run has to be taken again for what is asked.
    static boolean isReplayed(OpenedRun run, boolean reveal) {
        boolean compared = run.variant() != null && !run.variant().numbers().isEmpty();
        return run.obstacle() == null && (reveal || compared);
    }

    /// What can be said without taking the run again.
    LessonRun begun(OpenedRun run) {
        return show(run, false, List.of(), Map.of());
    }

    /// Null where `goesOn` became false.
    @Nullable
    LessonRun show(OpenedRun run, boolean reveal, BooleanSupplier goesOn) throws IOException {
        List<Lesson.Number> numbers =
                run.variant() == null ? List.of() : run.variant().numbers();
        List<Quantity> wanted = new ArrayList<>();
        numbers.forEach(number -> wanted.add(number.quantity()));
        if (reveal) {
            run.lesson().questions().forEach(question -> wanted.add(question.quantity()));
        }
        Map<Quantity, Double> read = isReplayed(run, reveal) ? read(run, wanted, goesOn) : Map.of();
        return read == null ? null : show(run, reveal, numbers, read);
    }

    private static LessonRun show(
            OpenedRun run, boolean reveal, List<Lesson.Number> numbers, Map<Quantity, Double> read) {
        return new LessonRun(
                run.lesson().id(),
                run.variant() == null ? null : run.variant().id(),
                run.job().id(),
                run.job().state(),
                run.job().datasetId(),
                run.network() == null ? null : run.network().id(),
                run.job().modelId(),
                look(run),
                numbers.stream()
                        .filter(number -> read.containsKey(number.quantity()))
                        .map(number -> beside(number, run, Objects.requireNonNull(read.get(number.quantity()))))
                        .toList(),
                note(run),
                run.lesson().questions().stream()
                        .map(question -> question(question, run, reveal ? read.get(question.quantity()) : null))
                        .toList());
    }

    private static List<Lesson.Look> look(OpenedRun run) {
        List<Lesson.Look> now = new ArrayList<>();
        for (Lesson.Look look : run.lesson().look()) {
            String address = run.address(look.link());
            if (address != null) {
                now.add(new Lesson.Look(look.text(), address));
            }
        }
        return now;
    }

    private static @Nullable String note(OpenedRun run) {
        if (run.obstacle() != null) {
            return run.obstacle();
        }
        return run.variant() == null
                ? "the job's settings or data are not those of a variant of the lesson, so the lecture's numbers are not"
                        + " compared with it"
                : null;
    }

    private static LessonRun.LectureNumber beside(Lesson.Number number, OpenedRun run, double found) {
        double lecture =
                ReferenceNumbers.read(number.file()).at(number.pointer()).doubleValue();
        return new LessonRun.LectureNumber(
                number.what(),
                number.file() + "#" + number.pointer(),
                lecture,
                Double.isFinite(found) ? found : null,
                Digits.matched(found, lecture, number.floor()),
                run.address(number.quantity().source()));
    }

    private static LessonRun.RunQuestion question(Lesson.Question question, OpenedRun run, @Nullable Double answer) {
        return new LessonRun.RunQuestion(
                question.id(),
                question.question(),
                question.hint(),
                answer == null || !Double.isFinite(answer) ? null : answer,
                answer == null ? null : run.address(question.quantity().source()));
    }

    /// Null where `goesOn` became false.
    @Nullable
    LessonAnswer check(OpenedRun run, Lesson.Question question, double answer, BooleanSupplier goesOn)
            throws IOException {
        Map<Quantity, Double> read = read(run, List.of(question.quantity()), goesOn);
        return read == null
                ? null
                : LessonAnswer.of(
                        question,
                        answer,
                        Objects.requireNonNull(read.get(question.quantity())),
                        run.address(question.quantity().source()));
    }

    /// Takes the run again, as far as need be, and reads these off it. Null where `goesOn` became false.
    private @Nullable Map<Quantity, Double> read(OpenedRun run, List<Quantity> wanted, BooleanSupplier goesOn)
            throws IOException {
        Map<Quantity, Double> values = new HashMap<>();
        Map<Quantity, Reading> readings = new HashMap<>();
        for (Quantity quantity : wanted) {
            Double planned = quantity.planned(run.plan());
            if (planned == null) {
                readings.put(quantity, quantity.reading());
            } else {
                values.put(quantity, planned);
            }
        }
        if (readings.isEmpty()) {
            return values;
        }
        TrainingData data = data(run);
        try (Trainer trainer = Trainer.start(run.spec().trainingSpec(), data)) {
            long lastStep = run.spec().onDivergence() instanceof DivergenceRemedy.Restart
                    ? Long.MAX_VALUE // whether a step is taken once more is not known before the end
                    : readings.values().stream()
                            .mapToLong(Reading::lastStep)
                            .max()
                            .getAsLong();
            trainer.run(new ReadingObserver(List.copyOf(readings.values()), lastStep, goesOn));
            var ended =
                    new Reading.Ended(trainer, data, run.spec().trainingSpec().batchSize(data.rows()));
            readings.forEach((quantity, reading) -> values.put(quantity, reading.value(ended)));
        }
        return goesOn.getAsBoolean() ? values : null;
    }

    private TrainingData data(OpenedRun run) throws IOException {
        Dataset dataset = run.dataset();
        if (dataset == null) {
            throw new IllegalStateException("a run without data is not taken again");
        }
        try (Table table = datasets.open(dataset)) {
            return Examples.read(run.spec(), table).training();
        }
    }

    private record ReadingObserver(List<Reading> readings, long lastStep, BooleanSupplier goesOn)
            implements TrainingObserver {

        @Override
        public void onStep(Step step) {
            for (Reading reading : readings) {
                reading.onStep(step);
            }
        }

        @Override
        public boolean afterStep(long steps) {
            return steps <= lastStep && goesOn.getAsBoolean();
        }

        @Override
        public void onRestart(Outcome outcome, double learningRate) {
            readings.forEach(Reading::onRestart);
        }
    }
}
