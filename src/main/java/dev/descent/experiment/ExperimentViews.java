package dev.descent.experiment;

import dev.descent.experiment.Experiment.Begun;
import dev.descent.experiment.ExperimentAnswer.JobsInState;
import dev.descent.experiment.ExperimentAnswer.PlannedVariant;
import dev.descent.experiment.ExperimentAnswer.Summary;
import dev.descent.experiment.ExperimentAnswer.VariantAnswer;
import dev.descent.experiment.VariantJobs.VariantJob;
import dev.descent.fault.NotFound;
import dev.descent.model.ModelSummary;
import dev.descent.model.Models;
import dev.descent.storage.Page;
import dev.descent.tenant.Tenant;
import dev.descent.training.JobViews;
import dev.descent.training.queue.Job;
import dev.descent.training.queue.JobState;
import dev.descent.training.queue.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Shows experiments: their rows, and what has become of their jobs.
@Component
class ExperimentViews {

    private final Experiments experiments;
    private final VariantJobs variantJobs;
    private final Models models;
    private final JobViews views;

    ExperimentViews(Experiments experiments, VariantJobs variantJobs, Models models, JobViews views) {
        this.experiments = experiments;
        this.variantJobs = variantJobs;
        this.models = models;
        this.views = views;
    }

    ExperimentAnswer show(Tenant tenant, String id) {
        Experiment experiment = experiments.get(tenant, id);
        Map<JobState, Integer> states = new EnumMap<>(JobState.class);
        List<VariantAnswer> variants = new ArrayList<>();
        for (VariantJob variant : variantJobs.of(tenant, experiment)) {
            if (variant.job() != null) {
                states.merge(variant.job().state(), 1, Integer::sum);
            }
            variants.add(show(tenant, variant));
        }
        return new ExperimentAnswer(
                experiment.id(),
                experiment.name(),
                ExperimentState.of(states.keySet()),
                counted(states),
                experiment.request().job(),
                variants,
                experiment.paired(),
                experiment.createdAt());
    }

    private VariantAnswer show(Tenant tenant, VariantJob variant) {
        Begun begun = variant.begun();
        Job job = variant.job();
        Progress progress = job == null ? null : views.progress(job);
        ModelSummary model = job == null ? null : model(tenant, job);
        return new VariantAnswer(
                variant.name(),
                begun.jobId(),
                job == null ? null : job.state(),
                job == null ? null : job.reason(),
                begun.differs(),
                progress == null ? null : progress.step(),
                progress == null ? null : progress.loss(),
                model == null ? null : model.metrics().training().loss(),
                job == null ? null : job.modelId(),
                begun.weightsSha256(),
                model == null ? null : model.weightsSha256());
    }

    private @Nullable ModelSummary model(Tenant tenant, Job job) {
        if (job.modelId() == null) {
            return null;
        }
        try {
            return models.find(tenant, job.modelId()).summary();
        } catch (NotFound deleted) {
            return null;
        }
    }

    Page<Summary> summarize(Page<Experiment> page) {
        Map<String, Map<JobState, Integer>> states =
                experiments.states(page.data().stream().map(Experiment::id).toList());
        return page.map(experiment -> {
            Map<JobState, Integer> its = states.getOrDefault(experiment.id(), Map.of());
            return new Summary(
                    experiment.id(),
                    experiment.name(),
                    ExperimentState.of(its.keySet()),
                    counted(its),
                    experiment.request().variants().stream().map(Variant::name).toList(),
                    experiment.createdAt());
        });
    }

    ExperimentAnswer.Planned plan(PlanExperiment.Planned planned) {
        List<PlannedVariant> variants = new ArrayList<>();
        for (int k = 0; k < planned.variants().size(); k++) {
            variants.add(new PlannedVariant(
                    planned.request().variants().get(k).name(),
                    planned.differs().get(k),
                    planned.digests().get(k),
                    planned.variants().get(k).plan()));
        }
        return new ExperimentAnswer.Planned(variants, planned.paired());
    }

    private static List<JobsInState> counted(Map<JobState, Integer> states) {
        return states.entrySet().stream()
                .map(count -> new JobsInState(count.getKey(), count.getValue()))
                .toList();
    }
}
