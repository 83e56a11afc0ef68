package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import java.util.List;

/// What training leaves in a network as two plain rows of numbers, copied: the parameters in layer order, each by rows,
/// weights before biases; and the running statistics of its batch normalisations.
///
/// @param parameters a point in the space of weights
public record FlatWeights(double[] parameters, double[] statistics) {

    public static FlatWeights of(Network network) {
        return new FlatWeights(
                read(network.parameters().stream().map(Parameter::value).toList()), read(statistics(network)));
    }

    /// Puts these parameters into `network`, rounded to its precision.
    public static void loadParameters(double[] parameters, Network network) {
        int from = 0;
        for (Parameter parameter : network.parameters()) {
            from = write(parameters, from, parameter.value());
        }
    }

    /// Puts these running statistics into `network`.
    public void loadStatistics(Network network) {
        int from = 0;
        for (Matrix matrix : statistics(network)) {
            from = write(statistics, from, matrix);
        }
    }

    private static List<Matrix> statistics(Network network) {
        return network.layers().stream()
                .flatMap(layer -> layer.statistics().stream())
                .toList();
    }

    private static double[] read(List<Matrix> matrices) {
        double[] numbers = new double
                [matrices.stream()
                        .mapToInt(matrix -> matrix.rows() * matrix.columns())
                        .sum()];
        int next = 0;
        for (Matrix matrix : matrices) {
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    numbers[next++] = matrix.get(i, j);
                }
            }
        }
        return numbers;
    }

    private static int write(double[] numbers, int from, Matrix matrix) {
        int next = from;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, numbers[next++]);
            }
        }
        return next;
    }
}
