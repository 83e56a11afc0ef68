package dev.descent.experiment;

import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.experiment.SurfaceAnswer.LeftOut;
import dev.descent.experiment.VariantJobs.VariantJob;
import dev.descent.tenant.Tenant;
import dev.descent.training.JobViews;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.plan.Plan;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.Progress;
import dev.descent.training.queue.StateConflict;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.trace.NotReplayable;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Finds out which runs a loss surface can show, and whether that can be had.
@Component
class PlanSurface {

    private final Experiments experiments;
    private final VariantJobs variantJobs;
    private final JobViews views;
    private final Datasets datasets;
    private final TrainingProperties properties;
    private final JsonMapper json;

    PlanSurface(
            Experiments experiments,
            VariantJobs variantJobs,
            JobViews views,
            Datasets datasets,
            TrainingProperties properties,
            JsonMapper json) {
        this.experiments = experiments;
        this.variantJobs = variantJobs;
        this.views = views;
        this.datasets = datasets;
        this.properties = properties;
        this.json = json;
    }

    /// A surface that can be had.
    ///
    /// @param title what the experiment is called
    /// @param through the walker between whose ends the plane lies
    /// @param bytes that it takes
    record Planned(
            String title,
            SurfaceRequest request,
            Dataset dataset,
            Walker through,
            List<Walker> walkers,
            List<LeftOut> leftOut,
            long bytes) {}

    Planned plan(Tenant tenant, String id, SurfaceRequest request) {
        Experiment experiment = experiments.get(tenant, id);
        List<Walker> walkers = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (VariantJob variant : variantJobs.of(tenant, experiment)) {
            Job job = variant.job();
            if (job == null) {
                leftOut.add(new LeftOut(variant.name(), "its job is deleted"));
                continue;
            }
            requireEnded(id, job);
            Walker walker = walker(variant.name(), job);
            if (walker.made() == 0) {
                leftOut.add(new LeftOut(variant.name(), "it has made no step"));
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
                        walker.name(),
                        "its network is another than that of " + through.name() + ", and so are its weights"));
            }
            return other;
        });
        requirePlane(through);
        var cost = new SurfaceCost(request, through, walkers);
        cost.requireAffordable();
        return new Planned(
                experiment.title(),
                request,
                dataset(tenant, through),
                through,
                walkers,
                leftOut,
                cost.bytes(properties.memoryLimitBytes()));
    }

    private static void requireEnded(String id, Job job) {
        if (!job.state().terminal()) {
            throw new StateConflict("job " + job.id() + " of experiment " + id + " is " + job.state()
                    + ": its path has no end yet; ask when the experiment has ended");
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
                .filter(walker ->
                        wanted == null ? walker.succeeded() : walker.name().equals(wanted) && !walker.diverged())
                .findFirst()
                .orElseThrow(() -> new StateConflict(
                        wanted == null
                                ? "no variant of experiment " + experiment.id()
                                        + " has succeeded: name one in through that has made steps"
                                : "variant " + wanted + " has made no step, has diverged, or its job is deleted"));
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
}
