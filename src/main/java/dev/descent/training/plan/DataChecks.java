package dev.descent.training.plan;

import dev.descent.core.InvalidSpec;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks what a request wants of its dataset. Features are judged by their columns' summaries; the target's cells
/// are read where classes have to be known.
final class DataChecks {

    private final Datasets datasets;
    private final Dataset dataset;
    private final TrainingRequest request;
    private final @Nullable NetworkSpec network;
    private final Complaints complaints;
    private final List<Plan.PlanWarning> warnings = new ArrayList<>();
    private final ColumnChecks columnChecks;

    DataChecks(
            Datasets datasets,
            Dataset dataset,
            TrainingRequest request,
            @Nullable NetworkSpec network,
            Complaints complaints) {
        this.datasets = datasets;
        this.dataset = dataset;
        this.request = request;
        this.network = network;
        this.complaints = complaints;
        columnChecks = new ColumnChecks(dataset.rows(), request.precision(), complaints, warnings);
    }

    /// Null when the complaints leave no plan to be made.
    @Nullable
    DataPlan plan() {
        Encoding encoding = complaints.at("/features", this::encoding);
        if (request.targets() != null) {
            return encoding == null ? null : several(encoding, request.targets());
        }
        String name = request.target();
        Column target = name == null ? null : complaints.at("", () -> column(name, "/target"));
        double[] weights = weights();
        if (encoding == null || target == null) {
            return null;
        }
        checkColumns(encoding);
        columnChecks.check("/target", target, request.preprocessing().target());
        Task task = task(target);
        if (task == null || target.missing() > 0) {
            return null;
        }
        if (task == Task.CLASSIFICATION && !(request.preprocessing().target() instanceof Scaling.None)) {
            complaints.add("/preprocessing/target", "target-type", "classes are not scaled; give none", null);
        }
        Loss loss = request.loss() != null ? request.loss() : defaultLoss(task);
        double[] cells = task == Task.CLASSIFICATION ? cells(target.name()) : new double[0];
        Target outputs = complaints.at("/target", () -> target(task, loss, target.heading(), cells));
        Split split = request.split() == null ? Split.NONE : request.split();
        Split.Parts parts = outputs == null ? null : complaints.at("/split", () -> parts(split, outputs, cells));
        if (parts != null && weights != null) {
            complaints.at("/sampleWeight", () -> RowWeights.requireUsable(weights, parts, request.precision()));
        }
        if (outputs != null && parts != null && complaints.none()) {
            var lint = new LintChecks(dataset, request, warnings);
            lint.features(encoding);
            lint.leak(datasets, encoding, target, outputs);
            if (network != null) {
                lint.target(target, outputs, loss, network);
            }
        }
        return outputs == null || parts == null
                ? null
                : new DataPlan(
                        encoding,
                        new Targets(List.of(outputs)),
                        task,
                        loss,
                        split,
                        parts,
                        featureBytesPerRow(encoding),
                        warnings);
    }

    private @Nullable DataPlan several(Encoding encoding, List<String> names) {
        checkColumns(encoding);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String pointer = "/targets/" + i;
            Column column = complaints.at("", () -> column(names.get(columns.size()), pointer));
            if (column == null) {
                return null;
            }
            columnChecks.check(pointer, column, request.preprocessing().target());
            columns.add(column);
        }
        double[] weights = weights();
        Targets targets = new SeveralTargets(request, network, complaints).of(columns, this::cells);
        Loss loss = request.loss();
        Split split = request.split() == null ? Split.NONE : request.split();
        Split.Parts parts = complaints.at("/split", () -> split.rows(Math.toIntExact(dataset.rows()), request.seed()));
        if (parts != null && weights != null) {
            complaints.at("/sampleWeight", () -> RowWeights.requireUsable(weights, parts, request.precision()));
        }
        if (targets != null && complaints.none()) {
            new LintChecks(dataset, request, warnings).features(encoding);
        }
        return targets == null || loss == null || parts == null
                ? null
                : new DataPlan(encoding, targets, null, loss, split, parts, featureBytesPerRow(encoding), warnings);
    }

    private Encoding encoding() {
        List<String> names = request.features();
        if (names == null) {
            names = dataset.columns().stream()
                    .map(Column::name)
                    .filter(name -> !isTarget(name) && !name.equals(request.sampleWeight()))
                    .toList();
        }
        if (names.isEmpty()) {
            throw new InvalidSpec("", "required", "name at least one column as a feature");
        }
        Encoding encoding = Encoding.of(dataset.headings(), names);
        for (int i = 0; i < names.size(); i++) {
            if (isTarget(names.get(i))) {
                throw new InvalidSpec("/" + i, "target-is-feature", "the target cannot be a feature too", names.get(i));
            }
        }
        return encoding;
    }

    private boolean isTarget(String name) {
        return name.equals(request.target())
                || request.targets() != null && request.targets().contains(name);
    }

    /// Null when the request names no weights, or none that can be.
    private double @Nullable [] weights() {
        String name = request.sampleWeight();
        Column column =
                name == null ? null : complaints.at("/sampleWeight", () -> RowWeights.column(dataset, request, name));
        return column == null ? null : cells(column.name());
    }

    private Column column(String name, String pointer) {
        Heading heading = Encoding.named(dataset.headings(), name, pointer);
        return dataset.columns().get(dataset.headings().indexOf(heading));
    }

    private void checkColumns(Encoding encoding) {
        for (int i = 0; i < encoding.columns().size(); i++) {
            String pointer = request.features() == null ? "/features" : "/features/" + i;
            Column column = column(encoding.columns().get(i).name(), pointer);
            columnChecks.check(pointer, column, request.preprocessing().features());
        }
    }

    /// Null, and a complaint, where target, loss and task do not go together.
    private @Nullable Task task(Column target) {
        boolean categorical = target.type() == ColumnType.CATEGORICAL;
        boolean forClasses =
                request.loss() instanceof Loss.BinaryCrossEntropy || request.loss() instanceof Loss.SoftmaxCrossEntropy;
        Task task = request.task();
        if (task == null) {
            if (categorical && request.loss() != null && !forClasses) {
                complaints.add(
                        "/target",
                        "target-type",
                        "column " + target.name() + " holds categories, the loss compares numbers; leave it out"
                                + " for a cross-entropy, or say task classification to meet one-hot targets",
                        target.name());
                return null;
            }
            return categorical || forClasses ? Task.CLASSIFICATION : Task.REGRESSION;
        }
        if (task == Task.CLASSIFICATION && forNumbersAlone(request.loss())) {
            complaints.add(
                    "/loss",
                    "loss-task-mismatch",
                    "distributions of numbers and sums of losses are for regression; for classes use a cross-entropy",
                    null);
            return null;
        }
        if (task == Task.REGRESSION && forClasses && !categorical) {
            complaints.add(
                    "/loss",
                    "loss-task-mismatch",
                    "a cross-entropy is for classes; with task regression use squaredError",
                    null);
            return null;
        }
        return task;
    }

    private static boolean forNumbersAlone(@Nullable Loss loss) {
        return loss instanceof Loss.GaussianNegativeLogLikelihood
                || loss instanceof Loss.MixtureDensity
                || loss instanceof Loss.WeightedSum;
    }

    private Loss defaultLoss(Task task) {
        if (task == Task.REGRESSION) {
            return new Loss.SquaredError(Reduction.MEAN, 1);
        }
        return network != null && network.outputs() == 1
                ? new Loss.BinaryCrossEntropy(Reduction.MEAN, 1)
                : new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1);
    }

    /// What the only target of a job is to be, `cells` of its column.
    static Target target(@Nullable Task task, Loss loss, Heading column, double[] cells) {
        if (task != Task.CLASSIFICATION) {
            return Target.value(column);
        }
        return loss instanceof Loss.BinaryCrossEntropy ? Target.indicator(column, cells) : Target.oneHot(column, cells);
    }

    private Split.Parts parts(Split split, Target target, double[] cells) {
        int rows = Math.toIntExact(dataset.rows());
        if (target.form() == Target.Form.VALUE) {
            if (split.stratified()) {
                throw new InvalidSpec(
                        "/stratified",
                        "target-type",
                        "a stratified split keeps the shares of classes; this is a regression");
            }
            return split.rows(rows, request.seed());
        }
        int[] classes = Arrays.stream(cells).mapToInt(target::classOf).toArray();
        Split.Parts parts = split.rows(classes, request.seed());
        warnOfUnseenClasses(target, classes, parts);
        return parts;
    }

    private void warnOfUnseenClasses(Target target, int[] classes, Split.Parts parts) {
        boolean[] seen = new boolean[target.classes().size()];
        for (int row : parts.training()) {
            seen[classes[row]] = true;
        }
        List<String> unseen = new ArrayList<>();
        for (int code = 0; code < seen.length; code++) {
            if (!seen[code]) {
                unseen.add(target.classes().get(code));
            }
        }
        if (!unseen.isEmpty()) {
            warnings.add(new Plan.PlanWarning(
                    "/split",
                    "unseen-class",
                    "no training row has the class " + String.join(", ", unseen.subList(0, Math.min(5, unseen.size())))
                            + (unseen.size() > 5 ? " or " + (unseen.size() - 5) + " more" : "")
                            + "; the network cannot learn it"
                            + (request.split() != null && !request.split().stratified() ? "; try stratified" : "")));
        }
    }

    private long featureBytesPerRow(Encoding encoding) {
        try (Table table = datasets.open(dataset)) {
            return encoding.bytesPerRow(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double[] cells(String column) {
        try (Table table = datasets.open(dataset)) {
            return table.column(column);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
