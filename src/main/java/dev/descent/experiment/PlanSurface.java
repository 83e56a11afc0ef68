package dev.descent.experiment;

import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.experiment.Experiment.Begun;
import dev.descent.experiment.SurfaceAnswer.LeftOut;
import dev.descent.fault.Refused;
import dev.descent.tenant.Tenant;
import dev.descent.training.JobViews;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Jobs;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.trace.NotReplayable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Finds out which runs a loss surface can show, and whether that can be had.
@Component
class PlanSurface {

    /// A minute or a few on one core.
    private static final double MOST_MULTIPLICATIONS = 1e12;

    private static final long MOST_STEPS = 20_000_000;

    private final Experiments experiments;
    private final Jobs jobs;
    private final JobViews views;
    private final Datasets datasets;
    private final TrainingProperties properties;
    private final JsonMapper json;

    PlanSurface(
            Experiments experiments,
            Jobs jobs,
            JobViews views,
            Datasets datasets,
            TrainingProperties properties,
            JsonMapper json) {
        this.experiments = experiments;
        this.jobs = jobs;
        this.views = views;
        this.datasets = datasets;
        this.properties = properties;
        this.json = json;
    }

    /// A surface that can be had.
    ///
    /// @param through the walker between whose ends the plane lies
    /// @param bytes that it takes
    record Planned(
            SurfaceRequest request,
            Dataset dataset,
            Walker through,
            List<Walker> walkers,
            List<LeftOut> leftOut,
            long bytes) {}

    Planned plan(Tenant tenant, String id, SurfaceRequest request) {
        Experiment experiment = experiments.get(tenant, id);
        Map<String, Job> present =
                jobs.ofExperiment(tenant, id).stream().collect(Collectors.toMap(Job::id, Function.identity()));
        requireEnded(id, present);
        List<Walker> walkers = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (int k = 0; k < experiment.jobs().size(); k++) {
            Begun begun = experiment.jobs().get(k);
            String name = experiment.request().variants().get(k).name();
            Job job = present.get(begun.jobId());
            Walker walker = job == null ? null : walker(name, job);
            if (walker == null) {
                leftOut.add(new LeftOut(name, "its job is deleted"));
            } else if (walker.made() == 0) {
                leftOut.add(new LeftOut(name, "it has made no step"));
            } else {
                walkers.add(walker);
            }
        }
        Walker through = through(experiment, request, walkers);
        walkers.removeIf(walker -> {
            boolean other = !Initialized.plain(walker.spec().network())
                    .equals(Initialized.plain(through.spec().network()));
            if (other) {
                leftOut.add(new LeftOut(
                        walker.name(), "its network is another than that of " + through.name() + ", and so are its weights"));
            }
            return other;
        });
        requirePlane(through);
        requireAffordable(request, through, walkers);
        return new Planned(
                request, dataset(tenant, through), through, walkers, leftOut, bytes(request, through, walkers));
    }

    private static void requireEnded(String id, Map<String, Job> present) {
        for (Job job : present.values()) {
            if (!job.state().terminal()) {
                throw new StateConflict("job " + job.id() + " of experiment " + id + " is " + job.state()
                        + ": its path has no end yet; ask when the experiment has ended");
            }
        }
    }

    private Walker walker(String name, Job job) {
        Progress progress = views.progress(job);
        return new Walker(
                name,
                job,
                json.readValue(job.spec(), JobSpec.class),
                json.readValue(job.plan(), Plan.class),
                progress.step(),
                Math.toIntExact(progress.round()));
    }

    private static Walker through(Experiment experiment, SurfaceRequest request, List<Walker> walkers) {
        List<String> names =
                experiment.request().variants().stream().map(Variant::name).toList();
        String wanted = request.through();
        if (wanted != null && !names.contains(wanted)) {
            String message = "through must be the name of a variant";
            throw SurfaceRequest.refused("?through", "unknown-variant", message, wanted, names);
        }
        return walkers.stream()
                .filter(walker -> wanted == null ? walker.succeeded() : walker.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new StateConflict(
                        wanted == null
                                ? "no variant of experiment " + experiment.id()
                                        + " has succeeded: name one in through that has made steps"
                                : "variant " + wanted + " has made no step, or its job is deleted"));
    }

    private static void requirePlane(Walker through) {
        if (through.spec().network().parameters() < 2) {
            throw new StateConflict("the network has one weight: its losses are a line, no surface");
        }
    }

    private Dataset dataset(Tenant tenant, Walker through) {
        try {
            return datasets.find(tenant, through.spec().datasetId());
        } catch (DatasetNotFound gone) {
            throw NotReplayable.withoutDataset(
                    through.job().id(), through.spec().datasetId());
        }
    }

    private static void requireAffordable(SurfaceRequest request, Walker through, List<Walker> walkers) {
        double weights = through.spec().network().parameters();
        long steps = walkers.stream().mapToLong(Walker::made).sum();
        long sampled = sampled(request, walkers);
        double training = walkers.stream()
                .mapToDouble(walker -> 3
                        * weights
                        * walker.made()
                        * walker.spec().trainingSpec().batchSize((int) walker.plan().trainingRows()))
                .sum();
        double evaluating = weights
                * through.plan().trainingRows()
                * ((double) request.points() * request.points() + sampled);
        double products = weights * sampled * sampled / 2;
        if (steps > MOST_STEPS) {
            throw refused(
                    "?steps",
                    "to follow the runs, " + steps + " steps have to be taken again; at most " + MOST_STEPS + " are",
                    steps);
        }
        if (training + evaluating + products > MOST_MULTIPLICATIONS) {
            throw refused(
                    "?points",
                    String.format(
                            Locale.ROOT,
                            "this takes %.2g multiplications (%.2g to follow the runs, %.2g for the losses, %.2g for the"
                                    + " plane); at most %.2g are made: ask for fewer points or steps",
                            training + evaluating + products,
                            training,
                            evaluating,
                            products,
                            MOST_MULTIPLICATIONS),
                    training + evaluating + products);
        }
    }

    private static long sampled(SurfaceRequest request, List<Walker> walkers) {
        return walkers.stream()
                .mapToLong(walker -> walker.steps(request.steps()).length)
                .sum();
    }

    /// The weights of all paths and their deviations, and two runs: one that is followed, one that is measured.
    private long bytes(SurfaceRequest request, Walker through, List<Walker> walkers) {
        long vectors = sampled(request, walkers) * 2 * through.spec().network().storedNumbers() * Double.BYTES;
        long run = walkers.stream()
                .mapToLong(walker -> walker.plan().memoryBytes())
                .max()
                .orElse(0);
        long bytes = vectors + run + through.plan().memoryBytes();
        long limit = properties.memoryLimitBytes();
        if (bytes > limit) {
            throw refused(
                    "?steps",
                    "this takes " + bytes + " bytes of memory, " + vectors + " of them for the weights along the paths;"
                            + " there are " + limit + " (descent.training.memory-limit): ask for fewer steps",
                    bytes);
        }
        return bytes;
    }

    private static Refused refused(String pointer, String message, Number value) {
        return SurfaceRequest.refused(pointer, "surface-exceeds-capacity", message, value, List.of());
    }
}
