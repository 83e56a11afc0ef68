package dev.descent.core.nn;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gradients by central differences, `(J(w + h) - J(w - h)) / 2h`, beside those of backpropagation.
///
/// `h` is the cube root of the spacing of binary64 times the parameter's size, where truncation and rounding balance.
/// The
/// relative error is `|a - n| / max(|a| + |n|, 1e-4 |J|)`: rounding leaves about `4e-11 |J|` in the quotient, and the
/// floor
/// keeps that from looking like an error where the gradient vanishes. A right gradient stays under about `1e-6`. A kink
/// within `h` of a pre-activation (relu at 0) makes the two differ without either being wrong.
///
/// @param numerical the central differences, in the shapes of the parameters
/// @param largestRelativeError over all entries
/// @param layer where that entry stands, as are `row` and `column`; a null `row` says it is the bias `column`
public record GradientCheck(
        List<LayerWeights> numerical,
        double largestRelativeError,
        int layer,
        @Nullable Integer row,
        int column) {

    private static final double STEP = 6.0554544523933395e-6; // cbrt(2^-52)

    /// Checks the gradients that `network` holds for these rows; its parameters are moved and put back.
    public static GradientCheck of(Network network, Objective objective, Matrix inputs, Matrix targets) {
        if (network.precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("central differences need float64");
        }
        double floor = 1e-4 * Math.max(Math.abs(value(network, objective, inputs, targets)), Double.MIN_NORMAL);
        List<LayerWeights> numerical = new ArrayList<>();
        double worst = -1;
        int worstLayer = 0;
        int worstColumn = 0;
        @Nullable Integer worstRow = null;
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            Parameter biases = layer.biases();
            double[][] weightDifferences = differences(layer.weights(), network, objective, inputs, targets);
            double[][] biasDifferences =
                    biases == null ? new double[0][] : differences(biases, network, objective, inputs, targets);
            numerical.add(new LayerWeights(weightDifferences, biases == null ? null : biasDifferences[0]));
            for (int i = 0; i < weightDifferences.length + biasDifferences.length; i++) {
                boolean bias = i >= weightDifferences.length;
                Matrix analytic = bias && biases != null
                        ? biases.gradient()
                        : layer.weights().gradient();
                double[] row = bias ? biasDifferences[0] : weightDifferences[i];
                for (int j = 0; j < row.length; j++) {
                    double error = relativeError(analytic.get(bias ? 0 : i, j), row[j], floor);
                    if (!(error <= worst)) {
                        worst = error;
                        worstLayer = l;
                        worstRow = bias ? null : Integer.valueOf(i);
                        worstColumn = j;
                    }
                }
            }
        }
        network.forward(inputs);
        return new GradientCheck(numerical, worst, worstLayer, worstRow, worstColumn);
    }

    private static double relativeError(double analytic, double numerical, double floor) {
        return Math.abs(analytic - numerical) / Math.max(Math.abs(analytic) + Math.abs(numerical), floor);
    }

    private static double[][] differences(
            Parameter parameter, Network network, Objective objective, Matrix inputs, Matrix targets) {
        Matrix value = parameter.value();
        double[][] differences = new double[value.rows()][value.columns()];
        for (int i = 0; i < value.rows(); i++) {
            for (int j = 0; j < value.columns(); j++) {
                double middle = value.get(i, j);
                double h = STEP * Math.max(1, Math.abs(middle));
                value.set(i, j, middle + h);
                double above = value(network, objective, inputs, targets);
                value.set(i, j, middle - h);
                double below = value(network, objective, inputs, targets);
                value.set(i, j, middle);
                differences[i][j] = (above - below) / ((middle + h) - (middle - h));
            }
        }
        return differences;
    }

    private static double value(Network network, Objective objective, Matrix inputs, Matrix targets) {
        Matrix output = network.forward(inputs);
        LossSum sum = objective.sum();
        sum.add(output, targets, null);
        return sum.value();
    }
}
