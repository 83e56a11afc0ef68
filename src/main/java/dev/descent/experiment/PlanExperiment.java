package dev.descent.experiment;

import dev.descent.core.nn.Initializer;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingSpec;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.fault.Refused;
import dev.descent.network.NetworkNotFound;
import dev.descent.network.Networks;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.plan.TrainingRequest;
import dev.descent.training.queue.RunningJobs;
import dev.descent.training.queue.TrainingProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes a job of every variant, or says everything that is wrong with any of them.
@Component
class PlanExperiment {

    /// Properties of which a job has one, so that a variant's takes the place of the other, too.
    private static final List<List<String>> EITHER =
            List.of(List.of("epochs", "steps"), List.of("network", "networkId"));

    private final Datasets datasets;
    private final Networks networks;
    private final PlanTraining planTraining;
    private final RunningJobs running;
    private final TrainingProperties properties;
    private final JsonMapper json;

    PlanExperiment(
            Datasets datasets,
            Networks networks,
            PlanTraining planTraining,
            RunningJobs running,
            TrainingProperties properties,
            JsonMapper json) {
        this.datasets = datasets;
        this.networks = networks;
        this.planTraining = planTraining;
        this.running = running;
        this.properties = properties;
        this.json = json;
    }

    /// An experiment that could be queued.
    ///
    /// @param request as it was asked for, the dataset by its id
    /// @param digests of the weights that each variant begins with
    /// @param differs what each variant does otherwise than the job
    record Planned(
            ExperimentRequest request,
            List<PlanTraining.Planned> variants,
            List<String> digests,
            List<List<Difference>> differs,
            Paired paired) {}

    Planned plan(Tenant tenant, ExperimentRequest asked) {
        var refusals = new Refusals(asked);
        refusals.checkNames();
        refusals.throwAny();
        ExperimentRequest request = asked.of(withDataset(tenant, asked.job()));
        List<TrainingRequest> requests = new ArrayList<>();
        List<Set<String>> changed = new ArrayList<>();
        for (Variant variant : request.variants()) {
            changed.add(Set.copyOf(changes(variant).propertyNames()));
            requests.add(describeNetwork(tenant, variant.weightInitializer(), merged(request, variant)));
        }
        if (Pairing.needsBatchSeed(requests) && request.job().batchSeed() == null) {
            long seed = Pairing.batchSeed(request.job().seed());
            requests.replaceAll(one -> with(one, Map.of("batchSeed", seed)));
        }
        List<PlanTraining.Planned> planned = new ArrayList<>();
        for (int k = 0; k < requests.size(); k++) {
            PlanTraining.Planned one = plan(tenant, requests.get(k), k, changed.get(k), refusals);
            if (one != null) {
                planned.add(one);
            }
        }
        refusals.throwAny();
        List<TrainingSpec> specs =
                planned.stream().map(one -> one.spec().trainingSpec()).toList();
        List<String> digests = digests(specs);
        JsonNode job = json.valueToTree(describeNetwork(tenant, null, request.job()));
        List<List<Difference>> differs = requests.stream()
                .map(one -> Difference.between(job, json.valueToTree(one)))
                .toList();
        return new Planned(request, planned, digests, differs, Pairing.of(specs, digests));
    }

    private PlanTraining.@Nullable Planned plan(
            Tenant tenant, TrainingRequest request, int k, Set<String> changed, Refusals refusals) {
        try {
            PlanTraining.Planned planned = planTraining.plan(tenant, request);
            refusals.checkSeed(k, planned.plan());
            return planned;
        } catch (Refused refused) {
            refusals.add(k, changed, refused.violations());
            return null;
        }
    }

    /// A name means one dataset for all variants.
    private TrainingRequest withDataset(Tenant tenant, TrainingRequest job) {
        try {
            return with(
                    job,
                    Map.of(
                            "datasetId",
                            datasets.resolve(tenant, job.datasetId()).id()));
        } catch (DatasetNotFound unknown) {
            return job;
        }
    }

    /// The properties of a job that a variant gives.
    private ObjectNode changes(Variant variant) {
        var changes = (ObjectNode) json.valueToTree(variant);
        changes.remove(List.of("name", "weightInitializer"));
        changes.removeNulls();
        return changes;
    }

    /// The job with what the variant does otherwise put in.
    private TrainingRequest merged(ExperimentRequest request, Variant variant) {
        ObjectNode changes = changes(variant);
        var job = (ObjectNode) json.valueToTree(request.job());
        EITHER.stream().filter(names -> names.stream().anyMatch(changes::has)).forEach(job::remove);
        if (variant.weightInitializer() != null) {
            job.remove("initialWeights");
        }
        job.setAll(changes);
        job.put("name", request.name() == null ? variant.name() : request.name() + ": " + variant.name());
        return json.treeToValue(job, TrainingRequest.class);
    }

    private TrainingRequest describeNetwork(Tenant tenant, @Nullable Initializer initializer, TrainingRequest request) {
        TrainingRequest described = request;
        if (request.networkId() != null && request.network() == null) {
            try {
                described = with(
                        request,
                        Map.of(
                                "network",
                                networks.find(tenant, request.networkId()).spec()));
            } catch (NetworkNotFound unknown) {
                return request;
            }
        }
        return described.network() == null || initializer == null
                ? described
                : with(described, Map.of("network", Initialized.by(initializer, described.network())));
    }

    private TrainingRequest with(TrainingRequest request, Map<String, Object> changes) {
        var tree = (ObjectNode) json.valueToTree(request);
        changes.forEach((name, value) -> {
            if (name.equals("network")) {
                tree.remove("networkId");
            }
            tree.set(name, json.<JsonNode>valueToTree(value));
        });
        return json.treeToValue(tree, TrainingRequest.class);
    }

    /// Draws weights once for all variants that begin with the same.
    private List<String> digests(List<TrainingSpec> specs) {
        long bytes = specs.stream()
                .mapToLong(spec ->
                        3 * spec.network().storedNumbers() * spec.precision().bytes())
                .max()
                .orElse(0);
        if (!running.lend(bytes, properties.memoryLimitBytes())) {
            throw new NoMemoryForWeights(bytes, properties.memoryLimitBytes());
        }
        try {
            List<String> digests = new ArrayList<>();
            for (TrainingSpec spec : specs) {
                int same = first(specs, spec);
                digests.add(same < digests.size() ? digests.get(same) : Trainer.initialDigest(spec));
            }
            return digests;
        } finally {
            running.takeBack(bytes);
        }
    }

    private static int first(List<TrainingSpec> specs, TrainingSpec wanted) {
        for (int k = 0; k < specs.size(); k++) {
            TrainingSpec spec = specs.get(k);
            if (spec == wanted
                    || spec.initialWeights() == null
                            && wanted.initialWeights() == null
                            && spec.seed() == wanted.seed()
                            && spec.precision() == wanted.precision()
                            && Objects.equals(spec.network(), wanted.network())) {
                return k;
            }
        }
        throw new IllegalArgumentException("not one of them");
    }
}
