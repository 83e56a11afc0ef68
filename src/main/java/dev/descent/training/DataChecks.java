package dev.descent.training;

import dev.descent.core.InvalidSpec;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Precision;
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
    }

    /// Null when the complaints leave no plan to be made.
    @Nullable
    DataPlan plan() {
        Encoding encoding = complaints.at("/features", this::encoding);
        Column target = complaints.at("", () -> column(request.target(), "/target"));
        double[] weights = weights();
        if (encoding == null || target == null) {
            return null;
        }
        checkColumns(encoding, target);
        Task task = task(target);
        if (task == null || target.missing() > 0) {
            return null;
        }
        if (task == Task.CLASSIFICATION && !(request.preprocessing().target() instanceof Scaling.None)) {
            complaints.add("/preprocessing/target", "target-type", "classes are not scaled; give none", null);
        }
        Loss loss = request.loss() != null ? request.loss() : defaultLoss(task);
        double[] cells = task == Task.CLASSIFICATION ? cells(target.name()) : new double[0];
        Target outputs = complaints.at("/target", () -> outputs(task, loss, target, cells));
        Split split = request.split() == null ? Split.NONE : request.split();
        Split.Parts parts = outputs == null ? null : complaints.at("/split", () -> parts(split, outputs, cells));
        if (parts != null && weights != null) {
            complaints.at("/sampleWeight", () -> RowWeights.requireUsable(weights, parts, request.precision()));
        }
        return outputs == null || parts == null
                ? null
                : new DataPlan(encoding, outputs, task, loss, split, parts, featureBytesPerRow(encoding), warnings);
    }

    private Encoding encoding() {
        List<String> names = request.features();
        if (names == null) {
            names = dataset.columns().stream()
                    .map(Column::name)
                    .filter(name -> !name.equals(request.target()) && !name.equals(request.sampleWeight()))
                    .toList();
        }
        if (names.isEmpty()) {
            throw new InvalidSpec("", "required", "name at least one column as a feature");
        }
        Encoding encoding = Encoding.of(dataset.headings(), names);
        int target = names.indexOf(request.target());
        if (target >= 0) {
            throw new InvalidSpec(
                    "/" + target, "target-is-feature", "the target cannot be a feature too", request.target());
        }
        return encoding;
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

    private void checkColumns(Encoding encoding, Column target) {
        for (int i = 0; i < encoding.columns().size(); i++) {
            String pointer = request.features() == null ? "/features" : "/features/" + i;
            Column column = column(encoding.columns().get(i).name(), pointer);
            checkColumn(pointer, column, request.preprocessing().features());
        }
        checkColumn("/target", target, request.preprocessing().target());
    }

    private void checkColumn(String pointer, Column column, Scaling scaling) {
        if (column.missing() > 0) {
            complaints.add(
                    pointer,
                    "missing-values",
                    "column " + column.name() + " has no value in " + column.missing()
                            + " rows; leave out the rows or the column",
                    column.name());
        }
        if (column.type() == ColumnType.CATEGORICAL) {
            return;
        }
        if (scaling instanceof Scaling.Standardize) {
            checkStandardizable(pointer, column);
        }
        if (scaling instanceof Scaling.None
                && request.precision() == Precision.FLOAT32
                && largest(column) > Float.MAX_VALUE) {
            complaints.add(
                    pointer,
                    "out-of-range",
                    "column " + column.name() + " holds numbers that float32 cannot; use float64 or scale them",
                    column.name());
        }
    }

    private void checkStandardizable(String pointer, Column column) {
        if (column.mean() == null || (dataset.rows() > 1 && column.standardDeviation() == null)) {
            complaints.add(
                    pointer,
                    "out-of-range",
                    "the numbers of column " + column.name() + " are too large to be standardized",
                    column.name());
        } else if (Long.valueOf(1).equals(column.distinct())) {
            warnings.add(new Plan.PlanWarning(
                    pointer,
                    "constant-column",
                    "column " + column.name() + " holds the same value in every row; standardized it is 0 everywhere"));
        }
    }

    private static double largest(Column column) {
        double minimum = column.minimum() == null ? 0 : column.minimum();
        double maximum = column.maximum() == null ? 0 : column.maximum();
        return Math.max(Math.abs(minimum), Math.abs(maximum));
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

    private static Target outputs(Task task, Loss loss, Column target, double[] cells) {
        return switch (task) {
            case REGRESSION -> Target.value(target.heading());
            case CLASSIFICATION ->
                loss instanceof Loss.BinaryCrossEntropy
                        ? Target.indicator(target.heading(), cells)
                        : Target.oneHot(target.heading(), cells);
        };
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
