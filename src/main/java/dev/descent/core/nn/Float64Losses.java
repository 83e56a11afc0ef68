package dev.descent.core.nn;

import dev.descent.core.linalg.Float64Matrix;
import dev.descent.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// [Losses] in binary64: what all of them share. The build makes `Float32Losses` of this file by writing `float` for
/// every `double` but those behind an empty comment: sums are binary64 in both.
abstract class Float64Losses implements Losses {

    static Float64Losses of(Loss loss) {
        return switch (loss) {
            case Loss.SquaredError squared -> new Float64SquaredError();
            case Loss.AbsoluteError absolute -> new Float64AbsoluteError();
            case Loss.Huber huber -> new Float64Huber(huber);
            case Loss.BinaryCrossEntropy binary -> new Float64BinaryCrossEntropy(binary);
            case Loss.SoftmaxCrossEntropy softmax -> new Float64SoftmaxCrossEntropy(softmax);
            case Loss.GaussianNegativeLogLikelihood gaussian -> new Float64GaussianLikelihood();
            case Loss.MixtureDensity mixture -> new Float64MixtureDensity(mixture);
            case Loss.WeightedSum sum ->
                throw new IllegalArgumentException("the terms of a sum are evaluated one by one");
        };
    }

    /// `sum` plus the terms of rows `from` to before `to`.
    abstract /**/ double terms(Float64Matrix p, Float64Matrix y, int from, int to, /**/ double sum);

    /// Writes `factor` times each term's slope into `d`, which is not `p`.
    abstract void slopes(Float64Matrix p, Float64Matrix y, double factor, Float64Matrix d);

    @Override
    public final /**/ double sum(Matrix output, Matrix targets, @Nullable Matrix rowWeights, /**/ double start) {
        Float64Matrix p = (Float64Matrix) output;
        Float64Matrix y = (Float64Matrix) targets;
        if (rowWeights == null) {
            return terms(p, y, 0, p.rows(), start);
        }
        /**/ double sum = start;
        for (int i = 0; i < p.rows(); i++) {
            /**/ double weight = rowWeights.get(i, 0);
            if (weight != 0) { // 0 times an infinite loss is no number
                sum += weight * terms(p, y, i, i + 1, 0);
            }
        }
        return sum;
    }

    @Override
    public /**/ double weight(Matrix targets, @Nullable Matrix rowWeights, /**/ double start) {
        if (rowWeights == null) {
            return start + targets.rows();
        }
        /**/ double sum = start;
        for (int i = 0; i < targets.rows(); i++) {
            sum += rowWeights.get(i, 0);
        }
        return sum;
    }

    @Override
    public int termsPerRow(int targets) {
        return targets;
    }

    @Override
    public final void slopes(
            Matrix output, Matrix targets, @Nullable Matrix rowWeights, /**/ double factor, Matrix delta) {
        Float64Matrix d = (Float64Matrix) delta;
        slopes((Float64Matrix) output, (Float64Matrix) targets, (double) factor, d);
        if (rowWeights != null) {
            scaleRows(d, (Float64Matrix) rowWeights);
        }
    }

    @Override
    public void probabilities(Matrix output, Matrix probabilities) {
        probabilities.copy(output);
    }

    /// `d <- scale (d - y)`.
    static void scaleDifference(Float64Matrix d, Float64Matrix y, double scale) {
        double[] slopes = d.data();
        double[] wanted = y.data();
        int size = d.rows() * d.columns();
        if (d.isLaidOutAs(y)) {
            for (int i = 0; i < size; i++) {
                slopes[i] = scale * (slopes[i] - wanted[i]);
            }
            return;
        }
        for (int j = 0; j < d.columns(); j++) {
            for (int i = 0; i < d.rows(); i++) {
                int at = i * d.rowStride() + j * d.columnStride();
                slopes[at] = scale * (slopes[at] - wanted[i * y.rowStride() + j * y.columnStride()]);
            }
        }
    }

    private static void scaleRows(Float64Matrix delta, Float64Matrix weights) {
        double[] slopes = delta.data();
        for (int j = 0; j < delta.columns(); j++) {
            for (int i = 0; i < delta.rows(); i++) {
                int at = i * delta.rowStride() + j * delta.columnStride();
                double weight = weights.data()[i * weights.rowStride()];
                slopes[at] = weight == 0 ? 0 : weight * slopes[at];
            }
        }
    }
}
