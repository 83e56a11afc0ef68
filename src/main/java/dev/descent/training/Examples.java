package dev.descent.training;

import dev.descent.core.data.Cells;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Split;
import dev.descent.core.data.Table;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Loss;
import dev.descent.core.train.ExampleSet;
import dev.descent.core.train.TrainingData;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A dataset's rows as a run wants them: encoded, divided, scaled by what the training rows say, in the run's
/// precision.
record Examples(
        Encoding encoding,
        FittedScaling featureScaling,
        Target target,
        FittedScaling targetScaling,
        TrainingData training,
        @Nullable ExampleSet test) {

    /// The same rows, in the same order, that [DataChecks] planned with.
    static Examples read(JobSpec spec, Table table) throws IOException {
        Encoding encoding = Encoding.of(table.headings(), spec.features());
        Cells cells = encoding.read(table);
        double[] targetCells = table.column(spec.target());
        double[] weightCells = RowWeights.read(spec.sampleWeight(), table);
        Target target = target(spec, table, targetCells);
        Split.Parts parts = spec.split().rows(target, targetCells, spec.seed());
        FittedScaling featureScaling =
                encoding.fit(spec.preprocessing().features(), cells, parts.training(), warning -> {});
        FittedScaling targetScaling =
                target.fit(spec.preprocessing().target(), targetCells, parts.training(), warning -> {});
        var rows = new Rows(spec, encoding, cells, featureScaling, target, targetCells, targetScaling, weightCells);
        return new Examples(
                encoding,
                featureScaling,
                target,
                targetScaling,
                new TrainingData(Objects.requireNonNull(rows.part(parts.training())), rows.part(parts.validation())),
                rows.part(parts.test()));
    }

    private static Target target(JobSpec spec, Table table, double[] cells) {
        var heading = Encoding.named(table.headings(), spec.target(), "/target");
        return switch (spec.task()) {
            case REGRESSION -> Target.value(heading);
            case CLASSIFICATION ->
                spec.loss() instanceof Loss.BinaryCrossEntropy
                        ? Target.indicator(heading, cells)
                        : Target.oneHot(heading, cells);
        };
    }

    private record Rows(
            JobSpec spec,
            Encoding encoding,
            Cells cells,
            FittedScaling featureScaling,
            Target target,
            double[] targetCells,
            FittedScaling targetScaling,
            double @Nullable [] weightCells) {

        /// Null of no rows.
        @Nullable
        ExampleSet part(int[] rows) {
            return rows.length == 0
                    ? null
                    : new ExampleSet(
                            encoding.matrix(spec.precision(), cells, rows, featureScaling),
                            target.matrix(spec.precision(), targetCells, rows, targetScaling),
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
