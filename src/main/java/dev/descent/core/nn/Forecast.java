package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a network says of one number: its mean, and how it is distributed where the loss predicts that.
///
/// @param standardDeviation null where the loss predicts the number alone
/// @param components of a mixture; empty otherwise
public record Forecast(double mean, @Nullable Double standardDeviation, List<Component> components) {

    /// One normal distribution of a mixture; the weights add up to 1.
    public record Component(double weight, double mean, double standardDeviation) {}

    public Forecast {
        components = List.copyOf(components);
    }

    /// Whether this loss predicts how its numbers are distributed.
    public static boolean isDistribution(Loss loss) {
        return switch (loss) {
            case Loss.GaussianNegativeLogLikelihood _, Loss.MixtureDensity _ -> true;
            case Loss.WeightedSum sum -> sum.terms().size() == 1 && isDistribution(onlyTerm(sum));
            case Loss.SquaredError _,
                    Loss.AbsoluteError _,
                    Loss.Huber _,
                    Loss.BinaryCrossEntropy _,
                    Loss.SoftmaxCrossEntropy _ -> false;
        };
    }

    /// Reads row `row` of what [Objective#probabilities] wrote, for a loss that needs one target.
    public static Forecast of(Loss loss, Matrix parameters, int row) {
        return switch (loss) {
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _, Loss.BinaryCrossEntropy _ ->
                new Forecast(parameters.get(row, 0), null, List.of());
            case Loss.GaussianNegativeLogLikelihood gaussian ->
                new Forecast(parameters.get(row, 0), parameters.get(row, 1), List.of());
            case Loss.MixtureDensity mixture -> mixture(mixture.components(), parameters, row);
            case Loss.WeightedSum sum -> of(onlyTerm(sum), parameters, row);
            case Loss.SoftmaxCrossEntropy softmax -> throw new IllegalArgumentException("classes are no number");
        };
    }

    /// Writes the slope of the mean with respect to the network's output into row `row` of `delta` (n x outputs).
    public static void slopes(Loss loss, Matrix parameters, int row, Matrix delta) {
        for (int j = 0; j < delta.columns(); j++) {
            delta.set(row, j, 0);
        }
        switch (loss) {
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _, Loss.GaussianNegativeLogLikelihood _ ->
                delta.set(row, 0, 1);
            case Loss.BinaryCrossEntropy binary ->
                delta.set(row, 0, parameters.get(row, 0) * (1 - parameters.get(row, 0)));
            case Loss.MixtureDensity mixture -> {
                double mean = mean(mixture.components(), parameters, row);
                for (int k = 0; k < mixture.components(); k++) {
                    double weight = parameters.get(row, k);
                    delta.set(row, k, weight * (parameters.get(row, mixture.components() + k) - mean));
                    delta.set(row, mixture.components() + k, weight);
                }
            }
            case Loss.WeightedSum sum -> slopes(onlyTerm(sum), parameters, row, delta);
            case Loss.SoftmaxCrossEntropy softmax -> throw new IllegalArgumentException("classes are no number");
        }
    }

    /// The same number before it was scaled to `(x - shift) / divisor`.
    public Forecast unscaled(double shift, double divisor) {
        double factor = Math.abs(divisor);
        return new Forecast(
                mean * divisor + shift,
                standardDeviation == null ? null : standardDeviation * factor,
                components.stream()
                        .map(one ->
                                new Component(one.weight, one.mean * divisor + shift, one.standardDeviation * factor))
                        .toList());
    }

    private static Forecast mixture(int count, Matrix parameters, int row) {
        double mean = mean(count, parameters, row);
        double variance = 0;
        List<Component> components = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Component one = new Component(
                    parameters.get(row, k), parameters.get(row, count + k), parameters.get(row, 2 * count + k));
            double apart = one.mean - mean;
            variance += one.weight * (one.standardDeviation * one.standardDeviation + apart * apart);
            components.add(one);
        }
        return new Forecast(mean, StrictMath.sqrt(variance), components);
    }

    private static double mean(int count, Matrix parameters, int row) {
        double mean = 0;
        for (int k = 0; k < count; k++) {
            mean += parameters.get(row, k) * parameters.get(row, count + k);
        }
        return mean;
    }

    /// Every term needs a target, so one target leaves one term.
    private static Loss onlyTerm(Loss.WeightedSum sum) {
        if (sum.terms().size() > 1) {
            throw new IllegalArgumentException("several heads answer more than one number");
        }
        return sum.terms().getFirst().loss();
    }
}
