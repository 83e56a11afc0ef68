package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loss on its columns of the network's output and of the targets.
final class LossHead {

    private final Loss loss;
    private final double scale;
    private final Losses kernels;
    private final Columns outputs;
    private final Columns slopes;
    private final Columns targets;

    private LossHead(Loss loss, double weight, Precision precision, Columns outputs, Columns slopes, Columns targets) {
        this.loss = loss;
        this.outputs = outputs;
        this.slopes = slopes;
        this.targets = targets;
        scale = weight * loss.scale();
        kernels = Losses.of(loss, precision);
    }

    /// The heads of a weighted sum, or the one that any other loss is.
    static LossHead[] of(Loss loss, Precision precision) {
        if (!(loss instanceof Loss.WeightedSum sum)) {
            Columns all = Columns.all(precision);
            return new LossHead[] {new LossHead(loss, 1, precision, all, all, all)};
        }
        List<LossTerm> terms = sum.terms();
        LossHead[] heads = new LossHead[terms.size()];
        int output = 0;
        int target = 0;
        for (int t = 0; t < heads.length; t++) {
            LossTerm term = terms.get(t);
            int width = term.outputs();
            int wanted = term.loss().targets(width);
            heads[t] = new LossHead(
                    term.loss(),
                    term.weight(),
                    precision,
                    Columns.of(precision, output, width),
                    Columns.of(precision, output, width),
                    Columns.of(precision, target, wanted));
            output += width;
            target += wanted;
        }
        return heads;
    }

    /// The value over a batch; leaves this head's columns of dJ/d(output) in `delta`.
    double evaluate(Matrix output, Matrix target, @Nullable Matrix rowWeights, Matrix delta) {
        Matrix p = outputs.read(output);
        Matrix y = targets.read(target);
        Matrix d = slopes.room(delta);
        double divisor = divisor(kernels.weight(y, rowWeights, 0), y.columns());
        kernels.slopes(p, y, rowWeights, scale / divisor, d);
        slopes.write(d, delta);
        return scale * (kernels.sum(p, y, rowWeights, 0) / divisor);
    }

    /// Turns this head's columns of `output` into what [Objective#probabilities] says.
    void probabilities(Matrix output, Matrix probabilities) {
        Matrix d = slopes.room(probabilities);
        kernels.probabilities(outputs.read(output), d);
        slopes.write(d, probabilities);
    }

    /// This head's terms of rows that come chunk by chunk.
    final class Sum {

        private double sum;
        private double weight;
        private int columns;

        void clear() {
            sum = 0;
            weight = 0;
        }

        void add(Matrix output, Matrix target, @Nullable Matrix rowWeights) {
            Matrix y = targets.read(target);
            sum = kernels.sum(outputs.read(output), y, rowWeights, sum);
            weight = kernels.weight(y, rowWeights, weight);
            columns = y.columns();
        }

        double value() {
            return scale * (sum / divisor(weight, columns));
        }
    }

    /// What the sum of the terms is divided by, for rows that weigh so much and have so many targets each.
    private double divisor(double weight, int columns) {
        return switch (loss.reduction()) {
            case SUM -> 1;
            case MEAN -> {
                double terms = weight * kernels.termsPerRow(columns);
                yield terms == 0 ? 1 : terms;
            }
        };
    }
}
