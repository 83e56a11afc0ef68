package dev.descent.training.plan;

import dev.descent.core.data.Split;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.train.Fit;
import dev.descent.core.train.Length;
import dev.descent.core.train.TrainingSpec;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.DatasetNotFound;
import dev.descent.dataset.Datasets;
import dev.descent.network.NetworkNotFound;
import dev.descent.network.Networks;
import dev.descent.tenant.Tenant;
import dev.descent.training.queue.TrainingProperties;
import dev.descent.training.recording.Recording;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns a request into a job that will run, or says everything that is wrong with it.
///
/// Nothing that can be known now is left for the run to stumble over.
@Component
public class PlanTraining {

    private final Datasets datasets;
    private final Networks networks;
    private final TrainingProperties properties;

    PlanTraining(Datasets datasets, Networks networks, TrainingProperties properties) {
        this.datasets = datasets;
        this.networks = networks;
        this.properties = properties;
    }

    /// A job ready to be submitted.
    public record Planned(JobSpec spec, Plan plan) {}

    public Planned plan(Tenant tenant, TrainingRequest request) {
        var complaints = new Complaints();
        ScalarChecks.check(request, complaints);
        Dataset dataset = dataset(tenant, request, complaints);
        NetworkSpec network = network(tenant, request, complaints);
        if (network != null && request.initialWeights() != null) {
            List<LayerWeights> given = request.initialWeights();
            complaints.at("/initialWeights", () -> {
                LayerWeights.requireFit(network, given);
                return given;
            });
        }
        DataPlan data = dataset == null ? null : new DataChecks(datasets, dataset, request, network, complaints).plan();
        if (data == null || network == null) {
            complaints.refuse();
        }
        return plan(
                request,
                Objects.requireNonNull(dataset).id(),
                Objects.requireNonNull(network),
                Objects.requireNonNull(data),
                complaints);
    }

    private Planned plan(
            TrainingRequest request, String datasetId, NetworkSpec network, DataPlan data, Complaints complaints) {
        requireShape(request, network, data, complaints);
        complaints.refuse();
        JobSpec spec = spec(request, datasetId, network, data);
        TrainingSpec training = complaints.at("", spec::trainingSpec);
        complaints.refuse();
        return plan(spec, Objects.requireNonNull(training), data, complaints);
    }

    private Planned plan(JobSpec spec, TrainingSpec training, DataPlan data, Complaints complaints) {
        Split.Parts parts = data.parts();
        int rows = parts.training().length;
        complaints.at("", () -> {
            Fit.require(training, rows, parts.validation().length);
            return training;
        });
        complaints.refuse();
        long steps = training.steps(rows);
        if (steps > Length.MAXIMUM_STEPS) {
            complaints.add(
                    "/epochs",
                    "too-many-steps",
                    "these epochs are " + steps + " steps; a job may have " + Length.MAXIMUM_STEPS,
                    spec.epochs());
            complaints.refuse();
        }
        long stepsPerEpoch = training.stepsPerEpoch(rows);
        boolean validated = parts.validation().length > 0;
        Recording recording =
                complaints.at("/record", () -> RecordingPlan.of(spec, steps, stepsPerEpoch, validated, rows));
        complaints.refuse();
        RecordingPlan.requireFits(
                Objects.requireNonNull(recording),
                steps,
                properties.recordLimit().toBytes());
        long memory = Memory.bytes(spec, training, parts, data.featureBytesPerRow(), recording);
        if (memory > properties.memoryLimitBytes()) {
            throw new JobExceedsCapacity(memory, properties.memoryLimitBytes());
        }
        return new Planned(
                spec,
                new Plan(
                        spec.network().parameters(),
                        spec.network().inputs(),
                        spec.network().outputs(),
                        classes(data.targets()),
                        rows,
                        parts.validation().length,
                        parts.test().length,
                        steps,
                        stepsPerEpoch,
                        Math.ceilDiv(steps, stepsPerEpoch),
                        memory,
                        recording.bytes(),
                        data.withWarningsOf(spec)));
    }

    private @Nullable Dataset dataset(Tenant tenant, TrainingRequest request, Complaints complaints) {
        try {
            return datasets.resolve(tenant, request.datasetId());
        } catch (DatasetNotFound unknown) {
            complaints.add("/datasetId", "reference-not-found", "no dataset has this id or name", request.datasetId());
            return null;
        }
    }

    private @Nullable NetworkSpec network(Tenant tenant, TrainingRequest request, Complaints complaints) {
        if ((request.networkId() == null) == (request.network() == null)) {
            complaints.add(
                    request.networkId() == null ? "/networkId" : "/network",
                    request.networkId() == null ? "required" : "ambiguous",
                    "give either networkId or network",
                    null);
            return null;
        }
        if (request.networkId() == null) {
            return request.network();
        }
        try {
            return networks.find(tenant, request.networkId()).spec();
        } catch (NetworkNotFound unknown) {
            complaints.add("/networkId", "reference-not-found", "there is no such network", request.networkId());
            return null;
        }
    }

    private static void requireShape(
            TrainingRequest request, NetworkSpec network, DataPlan data, Complaints complaints) {
        String pointer = request.networkId() == null ? "/network" : "/networkId";
        if (network.inputs() != data.encoding().width()) {
            complaints.add(
                    pointer,
                    "inputs-mismatch",
                    "the network has " + network.inputs() + " inputs; the features are encoded to "
                            + data.encoding().width() + " (a categorical column is one input a category)",
                    network.inputs());
        }
        if (request.targets() != null) {
            return;
        }
        Target target = data.targets().columns().getFirst();
        Integer targets = complaints.at("/loss", () -> data.loss().targets(network.outputs()));
        if (targets != null && targets != target.width()) {
            String needed = switch (target.form()) {
                case VALUE ->
                    targets == network.outputs()
                            ? "a regression on one column needs 1"
                            : "the loss compares them with " + targets + " target columns; name them in targets";
                case INDICATOR -> "binaryCrossEntropy on two classes needs 1";
                case ONE_HOT -> "the target has " + target.width() + " classes and needs an output for each";
            };
            complaints.add(
                    pointer,
                    "outputs-mismatch",
                    "the network has " + network.outputs() + " outputs; " + needed,
                    network.outputs());
        }
    }

    private static List<String> classes(Targets targets) {
        return targets.columns().size() == 1 ? targets.columns().getFirst().classes() : List.of();
    }

    private static JobSpec spec(TrainingRequest request, String datasetId, NetworkSpec network, DataPlan data) {
        return new JobSpec(
                request.name(),
                datasetId,
                data.features(),
                request.target(),
                request.targets(),
                request.sampleWeight(),
                data.task(),
                request.preprocessing(),
                data.split(),
                network,
                request.initialWeights(),
                data.loss(),
                request.optimizer(),
                request.schedule(),
                request.batches(),
                request.epochs() == null ? null : request.epochs().longValue(),
                request.steps() == null ? null : request.steps().longValue(),
                request.precision(),
                request.seed(),
                request.batchSeed(),
                request.threads(),
                request.regularization(),
                request.gradientClipping(),
                request.earlyStopping(),
                request.onDivergence(),
                request.metrics().stream().distinct().toList(),
                request.record(),
                request.priority(),
                request.timeLimitSeconds());
    }
}
