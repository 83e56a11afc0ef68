package dev.descent.core.nn;

import dev.descent.core.random.NumpyRandom;
import java.util.List;
import java.util.stream.Stream;

/// Every loss, options on and off, each for six outputs.
final class LossSamples {

    static final int OUTPUTS = 6;

    private LossSamples() {}

    static Stream<Loss> all() {
        return Stream.of(Reduction.values()).flatMap(reduction -> all(reduction).stream());
    }

    static List<Loss> all(Reduction reduction) {
        return List.of(
                new Loss.SquaredError(reduction, 0.5),
                new Loss.AbsoluteError(reduction, 1),
                new Loss.Huber(0.7, reduction, 1.5),
                new Loss.BinaryCrossEntropy(reduction, 1),
                new Loss.BinaryCrossEntropy(2.5, reduction, 1),
                new Loss.SoftmaxCrossEntropy(reduction, 2),
                new Loss.SoftmaxCrossEntropy(0.1, null, reduction, 1),
                new Loss.SoftmaxCrossEntropy(0.1, List.of(0.5, 2.0, 1.0, 0.0, 1.5, 3.0), reduction, 1),
                new Loss.GaussianNegativeLogLikelihood(reduction, 1),
                new Loss.MixtureDensity(2, reduction, 0.5),
                new Loss.WeightedSum(List.of(
                        new LossTerm(new Loss.Huber(1, reduction, 1), 0.5, 1),
                        new LossTerm(new Loss.SoftmaxCrossEntropy(reduction, 1), 2, 3),
                        new LossTerm(new Loss.GaussianNegativeLogLikelihood(reduction, 1), 1, 2))));
    }

    /// Targets for `rows` rows: numbers, zeros and ones, or one-hot rows.
    static double[][] targets(Loss loss, int rows, NumpyRandom random) {
        double[][] targets = new double[rows][loss.targets(OUTPUTS)];
        for (double[] row : targets) {
            fill(loss, row, 0, OUTPUTS, random);
        }
        return targets;
    }

    static double[][] outputs(int rows, NumpyRandom random) {
        double[][] outputs = new double[rows][OUTPUTS];
        for (double[] row : outputs) {
            for (int j = 0; j < OUTPUTS; j++) {
                row[j] = random.randn();
            }
        }
        return outputs;
    }

    private static void fill(Loss loss, double[] row, int first, int outputs, NumpyRandom random) {
        switch (loss) {
            case Loss.SoftmaxCrossEntropy softmax -> row[first + random.randint(outputs)] = 1;
            case Loss.BinaryCrossEntropy binary -> {
                for (int j = 0; j < outputs; j++) {
                    row[first + j] = random.randint(2);
                }
            }
            case Loss.WeightedSum sum -> {
                int column = first;
                for (LossTerm term : sum.terms()) {
                    fill(term.loss(), row, column, term.outputs(), random);
                    column += term.loss().targets(term.outputs());
                }
            }
            case Loss.SquaredError _,
                    Loss.AbsoluteError _,
                    Loss.Huber _,
                    Loss.GaussianNegativeLogLikelihood _,
                    Loss.MixtureDensity _ -> {
                for (int j = 0; j < loss.targets(outputs); j++) {
                    row[first + j] = random.randn();
                }
            }
        }
    }
}
