package dev.descent.training.run;

import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.LossSum;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.TargetOutputs;
import dev.descent.core.train.ExampleSet;
import dev.descent.model.Metrics;
import dev.descent.training.queue.NonFinite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures a trained network on the rows of a part, `chunk` rows at a time: the loss with the weights of the rows,
/// accuracy and R2 with every row once.
record Evaluate(Network network, Objective objective, Targets targets, FittedScaling targetScaling, int chunk) {

    /// Null for no rows.
    Metrics.@Nullable Part on(@Nullable ExampleSet examples) {
        if (examples == null) {
            return null;
        }
        Matrix x = examples.inputs();
        Matrix y = examples.targets();
        Matrix inputs = Matrix.create(x.precision(), chunk, x.columns());
        Matrix wanted = Matrix.create(y.precision(), chunk, y.columns());
        Matrix w = examples.weights();
        Matrix weights = w == null ? null : Matrix.create(w.precision(), chunk, 1);
        LossSum sum = objective.sum();
        Matrix forecasts = Matrix.create(x.precision(), chunk, network.spec().outputs());
        List<Head> heads = heads();
        for (int from = 0; from < x.rows(); from += chunk) {
            int count = Math.min(chunk, x.rows() - from);
            inputs.resize(count);
            wanted.resize(count);
            inputs.copyRows(x, from, count);
            wanted.copyRows(y, from, count);
            if (w != null && weights != null) {
                weights.resize(count);
                weights.copyRows(w, from, count);
            }
            Matrix output = network.forward(inputs);
            sum.add(output, wanted, weights);
            forecasts.resize(count);
            objective.probabilities(output, forecasts);
            for (Head head : heads) {
                head.see(output, forecasts, wanted);
            }
        }
        Double loss = NonFinite.orNull(sum.value());
        return heads.size() == 1
                ? new Metrics.Part(
                        x.rows(),
                        loss,
                        heads.getFirst().tally.accuracy(),
                        heads.getFirst().tally.r2())
                : new Metrics.Part(
                        x.rows(),
                        loss,
                        null,
                        null,
                        heads.stream().map(Head::measures).toList());
    }

    private List<Head> heads() {
        Loss loss = objective.loss();
        int outputs = network.spec().outputs();
        List<TargetOutputs> answers = targets.columns().size() == 1
                ? List.of(TargetOutputs.all(loss, outputs))
                : TargetOutputs.of(loss, outputs);
        List<Head> heads = new ArrayList<>();
        int at = 0;
        for (Target target : targets.columns()) {
            TargetOutputs answer = answers.get(heads.size());
            Tally tally = target.form() == Target.Form.VALUE
                    ? new Deviations(answer.loss(), targetScaling, at)
                    : new Hits(target.form(), at);
            heads.add(new Head(target, answer, tally));
            at += target.width();
        }
        return heads;
    }

    /// A target with the outputs that answer it.
    private record Head(Target target, TargetOutputs answer, Tally tally) {

        void see(Matrix output, Matrix forecasts, Matrix wanted) {
            Matrix from = target.form() == Target.Form.VALUE ? forecasts : output;
            Matrix own = Matrix.create(from.precision(), from.rows(), answer.columns().length);
            answer.copy(from, own);
            for (int row = 0; row < from.rows(); row++) {
                tally.see(own, wanted, row);
            }
        }

        Metrics.OfTarget measures() {
            return new Metrics.OfTarget(target.column(), tally.accuracy(), tally.r2());
        }
    }

    /// Sees every row once, its target from column `at` of the targets on, then says how good they were.
    private sealed interface Tally {
        /// `output` holds the target's own columns.
        void see(Matrix output, Matrix targets, int row);

        @Nullable
        Double accuracy();

        @Nullable
        Double r2();
    }

    private static final class Hits implements Tally {

        private final Target.Form form;
        private final int at;
        private long hits;
        private long seen;

        Hits(Target.Form form, int at) {
            this.form = form;
            this.at = at;
        }

        @Override
        public void see(Matrix output, Matrix targets, int row) {
            boolean hit = form == Target.Form.INDICATOR
                    ? output.get(row, 0) > 0 == targets.get(row, at) > 0.5
                    : targets.get(row, at + largest(output, row)) > 0.5;
            hits += hit ? 1 : 0;
            seen++;
        }

        @Override
        public Double accuracy() {
            return (double) hits / seen;
        }

        @Override
        public @Nullable Double r2() {
            return null;
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
        private final int at;
        private double residual;
        private double mean;
        private double total;
        private long seen;

        Deviations(Loss loss, FittedScaling scaling, int at) {
            this.loss = loss;
            this.scaling = scaling;
            this.at = at;
        }

        @Override
        public void see(Matrix output, Matrix targets, int row) {
            double wanted = scaling.invert(at, targets.get(row, at));
            double error = scaling.invert(at, Forecast.of(loss, output, row).mean()) - wanted;
            residual += error * error;
            double before = wanted - mean;
            mean += before / ++seen;
            total += before * (wanted - mean);
        }

        @Override
        public @Nullable Double accuracy() {
            return null;
        }

        @Override
        public @Nullable Double r2() {
            return total > 0 ? NonFinite.orNull(1 - residual / total) : null;
        }
    }
}
