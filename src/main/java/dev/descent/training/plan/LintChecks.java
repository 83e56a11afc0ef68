package dev.descent.training.plan;

import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.TargetLeak;
import dev.descent.core.lint.UnreachableTargets;
import dev.descent.core.lint.UnscaledInputs;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Warns of what the linter would find in a job's data before its first step.
final class LintChecks {

    /// Cells that are read to find a feature that says the target; of larger tables the run's linter looks at a sample.
    private static final long MOST_CELLS = 500_000;

    private final Dataset dataset;
    private final TrainingRequest request;
    private final List<Plan.PlanWarning> warnings;

    LintChecks(Dataset dataset, TrainingRequest request, List<Plan.PlanWarning> warnings) {
        this.dataset = dataset;
        this.request = request;
        this.warnings = warnings;
    }

    private void warn(String pointer, Diagnostic found) {
        warnings.add(new Plan.PlanWarning(pointer, found.rule().code(), found.message()));
    }

    /// Features that are left as they are, judged by their columns' summaries.
    void features(Encoding encoding) {
        if (!(request.preprocessing().features() instanceof Scaling.None)) {
            return;
        }
        List<UnscaledInputs.Spread> spreads = new ArrayList<>();
        for (Heading heading : encoding.columns()) {
            Column column = dataset.columns().get(dataset.headings().indexOf(heading));
            if (column.type() == ColumnType.NUMERIC && column.mean() != null) {
                double deviation = column.standardDeviation() == null ? 0 : column.standardDeviation();
                spreads.add(new UnscaledInputs.Spread(column.name(), column.mean(), deviation));
            }
        }
        UnscaledInputs.judge(spreads).ifPresent(found -> warn("/preprocessing/features", found));
    }

    /// A target, and what the last layer can give of it.
    void target(Column column, Target target, Loss loss, NetworkSpec network) {
        double least = 0;
        double largest = 1;
        if (target.form() == Target.Form.VALUE) {
            Scaling scaling = request.preprocessing().target();
            if (column.minimum() == null || column.maximum() == null) {
                return;
            }
            least = column.minimum();
            largest = column.maximum();
            switch (scaling) {
                case Scaling.None none -> {}
                case Scaling.Standardize standardize -> {
                    if (column.mean() == null
                            || column.standardDeviation() == null
                            || column.standardDeviation() == 0) {
                        return;
                    }
                    least = (least - column.mean()) / column.standardDeviation();
                    largest = (largest - column.mean()) / column.standardDeviation();
                }
                case Scaling.MinMax range -> {
                    least = range.minimum();
                    largest = range.maximum();
                }
                case Scaling.Quantile quantile -> {
                    return;
                }
                case Scaling.Scale scale -> {
                    return;
                }
            }
        }
        int last = network.placedLayers().size() - 1;
        UnreachableTargets.judge(loss, network.outputActivation(), last, least, largest)
                .ifPresent(found -> warn("/loss", found));
    }

    /// Features that say the target by themselves.
    void leak(Datasets datasets, Encoding encoding, Column column, Target target) {
        List<String> names = encoding.columns().stream()
                .filter(heading -> heading.type() == ColumnType.NUMERIC)
                .map(Heading::name)
                .toList();
        if ((names.size() + 1L) * dataset.rows() > MOST_CELLS) {
            return;
        }
        try (Table table = datasets.open(dataset)) {
            double[] cells = table.column(column.name());
            boolean classes = target.form() != Target.Form.VALUE;
            double[] wanted =
                    classes ? Arrays.stream(cells).map(target::classOf).toArray() : cells;
            List<TargetLeak.Feature> features = new ArrayList<>();
            for (String name : names) {
                features.add(new TargetLeak.Feature(name, table.column(name)));
            }
            TargetLeak.judge(features, wanted, classes ? target.classes().size() : 0)
                    .ifPresent(found -> warn("/features", found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
