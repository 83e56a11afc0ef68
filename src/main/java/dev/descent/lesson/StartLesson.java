package dev.descent.lesson;

import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DescribedDatasets;
import dev.descent.dataset.GenerateDataset;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.network.Networks;
import dev.descent.network.SavedNetwork;
import dev.descent.tenant.Tenant;
import dev.descent.training.plan.PlanTraining;
import dev.descent.training.plan.TrainingRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Turns a lesson into a dataset, a network and a job that can be submitted.
@Component
class StartLesson {

    private final DescribedDatasets describedDatasets;
    private final Networks networks;
    private final PlanTraining planTraining;
    private final JsonMapper json;

    StartLesson(DescribedDatasets describedDatasets, Networks networks, PlanTraining planTraining, JsonMapper json) {
        this.describedDatasets = describedDatasets;
        this.networks = networks;
        this.planTraining = planTraining;
        this.json = json;
    }

    private record NamedNetwork(String name, int inputs, List<LayerSpec> layers) {

        NetworkSpec spec() {
            return new NetworkSpec(inputs, layers);
        }
    }

    PlanTraining.Planned plan(Tenant tenant, Lesson lesson, RunLesson request) {
        Lesson.Variant variant = variant(lesson, request.variant());
        String dataset = dataset(tenant, lesson, request.datasetId());
        ObjectNode job = lesson.job(variant).put("datasetId", dataset);
        job.put("name", lesson.id() + ": " + variant.id());
        job.put("networkId", network(tenant, lesson, variant).id());
        if (request.seed() != null) {
            job.put("seed", request.seed());
        }
        return planTraining.plan(tenant, json.treeToValue(job, TrainingRequest.class));
    }

    /// The job that a variant asks for, with its network in it.
    TrainingRequest request(Lesson lesson, Lesson.Variant variant, String datasetId) {
        ObjectNode job = lesson.job(variant).put("datasetId", datasetId);
        job.set("network", lesson.layers(variant));
        return json.treeToValue(job, TrainingRequest.class);
    }

    /// Whether the rows are the lecture's, as far as that can be known: what was uploaded is taken for it.
    boolean isMadeOf(Lesson lesson, Dataset dataset) {
        Lesson.Data data = lesson.dataset();
        if (data.generate() != null) {
            return DescribedDatasets.isMadeBy(dataset, generator(data.generate()));
        }
        return data.csv() == null
                || DescribedDatasets.isMadeOf(dataset, data.csv().text());
    }

    /// The network under which a variant's runs are kept; null where the tenant has none.
    @Nullable
    SavedNetwork known(Tenant tenant, Lesson lesson, Lesson.Variant variant) {
        NamedNetwork network = named(lesson, variant);
        return networks.find(tenant, network.name(), network.spec()).orElse(null);
    }

    private SavedNetwork network(Tenant tenant, Lesson lesson, Lesson.Variant variant) {
        SavedNetwork known = known(tenant, lesson, variant);
        NamedNetwork network = named(lesson, variant);
        return known != null ? known : networks.add(tenant, network.name(), network.spec());
    }

    private NamedNetwork named(Lesson lesson, Lesson.Variant variant) {
        return json.treeToValue(lesson.network(variant), NamedNetwork.class);
    }

    private GenerateDataset generator(ObjectNode description) {
        return json.treeToValue(description, GenerateDataset.class);
    }

    private String dataset(Tenant tenant, Lesson lesson, @Nullable String given) {
        Lesson.Data data = lesson.dataset();
        if (data.upload() != null) {
            if (given == null) {
                throw refused(
                        "/datasetId",
                        "required",
                        "this lesson's data is not ours to ship: "
                                + data.upload().how(),
                        null,
                        List.of());
            }
            return given;
        }
        if (given != null) {
            throw refused(
                    "/datasetId",
                    "not-needed",
                    "this lesson makes its own data; leave datasetId out",
                    given,
                    List.of());
        }
        if (data.generate() != null) {
            return describedDatasets
                    .generated(tenant, generator(data.generate()))
                    .id();
        }
        Lesson.Csv csv = Objects.requireNonNull(data.csv());
        return describedDatasets.written(tenant, csv.name(), csv.text()).id();
    }

    private static Lesson.Variant variant(Lesson lesson, @Nullable String id) {
        if (id == null) {
            return lesson.variants().getFirst();
        }
        return lesson.variants().stream()
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused(
                        "/variant",
                        "unknown-variant",
                        "the lesson has no variant of this name",
                        id,
                        lesson.variants().stream().map(Lesson.Variant::id).toList()));
    }

    static Refused refused(String pointer, String code, String message, @Nullable Object value, List<String> allowed) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value, allowed, null, null)));
    }
}
