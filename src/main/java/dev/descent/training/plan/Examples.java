package dev.descent.training.plan;

import dev.descent.core.data.Cells;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.TargetOutputs;
import dev.descent.core.train.ExampleSet;
import dev.descent.core.train.TrainingData;
import dev.descent.model.Interpretation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A dataset's rows as a run wants them: encoded, divided, scaled by what the training rows say, in the run's
/// precision.
///
/// @param parts which row of the dataset each row of a part is; not to be changed
public record Examples(
        Encoding encoding,
        FittedScaling featureScaling,
        Targets targets,
        FittedScaling targetScaling,
        TrainingData training,
        @Nullable ExampleSet test,
        Split.Parts parts) {

    public int[] trainingRows() {
        return parts.training();
    }

    /// The same rows, in the same order, that [DataChecks] planned with.
    public static Examples read(JobSpec spec, Table table) throws IOException {
        Encoding encoding = Encoding.of(table.headings(), spec.features());
        Cells cells = encoding.read(table);
        List<String> targetColumns = spec.targetColumns();
        double[][] targetCells = new double[targetColumns.size()][];
        for (int t = 0; t < targetCells.length; t++) {
            targetCells[t] = table.column(targetColumns.get(t));
        }
        double[] weightCells = RowWeights.read(spec.sampleWeight(), table);
        Targets targets = targets(spec, table, targetCells);
        Split.Parts parts = spec.targets() == null
                ? spec.split().rows(targets.columns().getFirst(), targetCells[0], spec.seed())
                : spec.split().rows(targetCells[0].length, spec.seed());
        FittedScaling featureScaling =
                encoding.fit(spec.preprocessing().features(), cells, parts.training(), warning -> {});
        FittedScaling targetScaling =
                targets.fit(spec.preprocessing().target(), targetCells, parts.training(), warning -> {});
        var rows = new Rows(spec, encoding, cells, featureScaling, targets, targetCells, targetScaling, weightCells);
        return new Examples(
                encoding,
                featureScaling,
                targets,
                targetScaling,
                new TrainingData(Objects.requireNonNull(rows.part(parts.training())), rows.part(parts.validation())),
                rows.part(parts.test()),
                parts);
    }

    /// What goes into the network of the run and what comes out of it.
    public Interpretation interpretation(JobSpec spec) {
        return new Interpretation(
                spec.network(), spec.precision(), encoding, featureScaling, targets, targetScaling, spec.loss());
    }

    private static Targets targets(JobSpec spec, Table table, double[][] cells) {
        List<TargetOutputs> answers = spec.targets() == null
                ? List.of()
                : TargetOutputs.of(spec.loss(), spec.network().outputs());
        List<Target> targets = new ArrayList<>();
        for (int t = 0; t < cells.length; t++) {
            Heading heading =
                    Encoding.named(table.headings(), spec.targetColumns().get(t), "/target");
            targets.add(
                    spec.targets() == null
                            ? DataChecks.target(spec.task(), spec.loss(), heading, cells[t])
                            : SeveralTargets.target(answers.get(t), heading, cells[t]));
        }
        return new Targets(targets);
    }

    private record Rows(
            JobSpec spec,
            Encoding encoding,
            Cells cells,
            FittedScaling featureScaling,
            Targets targets,
            double[][] targetCells,
            FittedScaling targetScaling,
            double @Nullable [] weightCells) {

        /// Null of no rows.
        @Nullable
        ExampleSet part(int[] rows) {
            return rows.length == 0
                    ? null
                    : new ExampleSet(
                            encoding.matrix(spec.precision(), cells, rows, featureScaling),
                            targets.matrix(spec.precision(), targetCells, rows, targetScaling),
                            weights(rows));
        }

        private @Nullable Matrix weights(int[] rows) {
            if (weightCells == null) {
                return null;
            }
            Matrix weights = Matrix.create(spec.precision(), rows.length, 1);
            for (int i = 0; i < rows.length; i++) {
                weights.set(i, 0, weightCells[rows[i]]);
            }
            return weights;
        }
    }
}
