package dev.descent.training.plan;

import dev.descent.core.data.Column;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.TargetOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks a request with several targets: the loss says what each of them is.
final class SeveralTargets {

    private final TrainingRequest request;
    private final @Nullable NetworkSpec network;
    private final Complaints complaints;

    SeveralTargets(TrainingRequest request, @Nullable NetworkSpec network, Complaints complaints) {
        this.request = request;
        this.network = network;
        this.complaints = complaints;
    }

    /// What the column is for the outputs that answer it.
    static Target target(TargetOutputs answer, Heading column, double[] cells) {
        return switch (answer.loss()) {
            case Loss.BinaryCrossEntropy _ -> Target.indicator(column, cells);
            case Loss.SoftmaxCrossEntropy _ -> Target.oneHot(column, cells);
            case Loss.SquaredError _,
                    Loss.AbsoluteError _,
                    Loss.Huber _,
                    Loss.GaussianNegativeLogLikelihood _,
                    Loss.MixtureDensity _,
                    Loss.WeightedSum _ -> Target.value(column);
        };
    }

    /// The columns as targets, `cells` by a column's name; null, and a complaint, when the request does not go with
    /// them.
    @Nullable
    Targets of(List<Column> columns, Function<String, double[]> cells) {
        checkRest();
        long distinct = columns.stream().map(Column::name).distinct().count();
        if (columns.size() < 2 || distinct < columns.size()) {
            complaints.add(
                    "/targets",
                    columns.size() < 2 ? "out-of-range" : "duplicate-column",
                    "targets names two or more different columns; a single one goes into target",
                    columns.size());
            return null;
        }
        List<TargetOutputs> answers = answers();
        if (answers == null || columns.stream().anyMatch(column -> column.missing() > 0)) {
            return null;
        }
        if (answers.size() != columns.size()) {
            complaints.add(
                    "/targets",
                    "targets-mismatch",
                    "the loss compares the network's outputs with " + answers.size() + " columns; targets names "
                            + columns.size(),
                    columns.size());
            return null;
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Target target = target("/targets/" + i, answers.get(i), columns.get(i), cells);
            if (target != null) {
                targets.add(target);
            }
        }
        return targets.size() < columns.size() ? null : new Targets(targets);
    }

    private @Nullable Target target(
            String pointer, TargetOutputs answer, Column column, Function<String, double[]> cells) {
        Target target = complaints.at(pointer, () -> target(answer, column.heading(), cells.apply(column.name())));
        if (target != null && target.form() == Target.Form.ONE_HOT && target.width() != answer.columns().length) {
            complaints.add(
                    pointer,
                    "outputs-mismatch",
                    "column " + column.name() + " has " + target.width() + " classes and needs an output for each; its"
                            + " loss has " + answer.columns().length,
                    column.name());
        }
        return target;
    }

    private @Nullable List<TargetOutputs> answers() {
        Loss loss = request.loss();
        if (loss == null) {
            complaints.add(
                    "/loss", "required", "for several targets the loss has to be given: it says what each is", null);
            return null;
        }
        NetworkSpec spec = network;
        return spec == null ? null : complaints.at("/loss", () -> TargetOutputs.of(loss, spec.outputs()));
    }

    private void checkRest() {
        if (request.task() != null) {
            complaints.add("/task", "several-targets", "with several targets leave task out: the loss says it", null);
        }
        if (!request.metrics().isEmpty()) {
            complaints.add(
                    "/metrics",
                    "several-targets",
                    "metrics are of one target; with several the finished model tells each one's",
                    null);
        }
        if (request.split() != null && request.split().stratified()) {
            complaints.add(
                    "/split/stratified",
                    "several-targets",
                    "a stratified split keeps the shares of one target's classes; here are several targets",
                    null);
        }
    }
}
