package dev.descent.training;

import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.train.ExampleSet;
import dev.descent.model.Metrics;
import org.jspecify.annotations.Nullable;

/// Measures a trained network on the rows of a part, `chunk` rows at a time: the loss with the weights of the rows,
/// accuracy and R2 with every row once.
record Evaluate(Network network, Objective objective, Target target, FittedScaling targetScaling, int chunk) {

    /// Null for no rows.
    Metrics.@Nullable Part on(@Nullable ExampleSet examples) {
        if (examples == null) {
            return null;
        }
        Matrix x = examples.inputs();
        Matrix y = examples.targets();
        Matrix inputs = Matrix.create(x.precision(), chunk, x.columns());
        Matrix targets = Matrix.create(y.precision(), chunk, y.columns());
        Matrix w = examples.weights();
        Matrix weights = w == null ? null : Matrix.create(w.precision(), chunk, 1);
        LossSum sum = objective.sum();
        Matrix forecasts = Matrix.create(x.precision(), chunk, network.spec().outputs());
        var tally = target.form() == Target.Form.VALUE
                ? new Deviations(objective.loss(), targetScaling)
                : new Hits(target.form());
        for (int from = 0; from < x.rows(); from += chunk) {
            int count = Math.min(chunk, x.rows() - from);
            inputs.resize(count);
            targets.resize(count);
            inputs.copyRows(x, from, count);
            targets.copyRows(y, from, count);
            if (w != null && weights != null) {
                weights.resize(count);
                weights.copyRows(w, from, count);
            }
            Matrix output = network.forward(inputs);
            sum.add(output, targets, weights);
            if (target.form() == Target.Form.VALUE) {
                forecasts.resize(count);
                objective.probabilities(output, forecasts);
                output = forecasts;
            }
            for (int row = 0; row < count; row++) {
                tally.see(output, targets, row);
            }
        }
        return tally.part(x.rows(), NonFinite.orNull(sum.value()));
    }

    /// Sees every row once, then says how good they were.
    private sealed interface Tally {
        void see(Matrix output, Matrix targets, int row);

        Metrics.Part part(int rows, @Nullable Double loss);
    }

    private static final class Hits implements Tally {

        private final Target.Form form;
        private long hits;

        Hits(Target.Form form) {
            this.form = form;
        }

        @Override
        public void see(Matrix output, Matrix targets, int row) {
            boolean hit = form == Target.Form.INDICATOR
                    ? output.get(row, 0) > 0 == targets.get(row, 0) > 0.5
                    : largest(output, row) == largest(targets, row);
            hits += hit ? 1 : 0;
        }

        @Override
        public Metrics.Part part(int rows, @Nullable Double loss) {
            return new Metrics.Part(rows, loss, (double) hits / rows, null);
        }

        private static int largest(Matrix matrix, int row) {
            int largest = 0;
            for (int column = 1; column < matrix.columns(); column++) {
                if (matrix.get(row, column) > matrix.get(row, largest)) {
                    largest = column;
                }
            }
            return largest;
        }
    }

    private static final class Deviations implements Tally {

        private final Loss loss;
        private final FittedScaling scaling;
        private double residual;
        private double mean;
        private double total;
        private long seen;

        Deviations(Loss loss, FittedScaling scaling) {
            this.loss = loss;
            this.scaling = scaling;
        }

        @Override
        public void see(Matrix output, Matrix targets, int row) {
            double wanted = scaling.invert(0, targets.get(row, 0));
            double error = scaling.invert(0, Forecast.of(loss, output, row).mean()) - wanted;
            residual += error * error;
            double before = wanted - mean;
            mean += before / ++seen;
            total += before * (wanted - mean);
        }

        @Override
        public Metrics.Part part(int rows, @Nullable Double loss) {
            return new Metrics.Part(rows, loss, null, total > 0 ? NonFinite.orNull(1 - residual / total) : null);
        }
    }
}
