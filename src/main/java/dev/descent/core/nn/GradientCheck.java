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

    /// Checks the gradients that `network` holds of its last training pass, over these rows; its parameters are moved
    /// and put back.
    public static GradientCheck of(Network network, Objective objective, Matrix inputs, Matrix targets) {
        if (network.precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("central differences need float64");
        }
        var search = new Search(network, objective, inputs, targets);
        List<LayerWeights> numerical = new ArrayList<>();
        for (int l = 0; l < network.layers().size(); l++) {
            Parameter weights = network.layers().get(l).weights();
            Parameter biases = network.layers().get(l).biases();
            numerical.add(new LayerWeights(
                    weights == null ? null : search.differences(weights, l),
                    biases == null ? null : search.differences(biases, l)[0]));
        }
        network.forwardAgain(inputs);
        return new GradientCheck(numerical, search.worst, search.layer, search.bias ? null : search.row, search.column);
    }

    /// Computes differences and remembers the entry that is furthest off.
    private static final class Search {

        private final Network network;
        private final Objective objective;
        private final Matrix inputs;
        private final Matrix targets;
        private final double floor;
        private double worst = -1;
        private int layer;
        private boolean bias;
        private int row;
        private int column;

        Search(Network network, Objective objective, Matrix inputs, Matrix targets) {
            this.network = network;
            this.objective = objective;
            this.inputs = inputs;
            this.targets = targets;
            floor = 1e-4 * Math.max(Math.abs(value()), Double.MIN_NORMAL);
        }

        double[][] differences(Parameter parameter, int layer) {
            Matrix value = parameter.value();
            double[][] differences = new double[value.rows()][value.columns()];
            for (int i = 0; i < value.rows(); i++) {
                for (int j = 0; j < value.columns(); j++) {
                    double middle = value.get(i, j);
                    double h = STEP * Math.max(1, Math.abs(middle));
                    value.set(i, j, middle + h);
                    double above = value();
                    value.set(i, j, middle - h);
                    double below = value();
                    value.set(i, j, middle);
                    differences[i][j] = (above - below) / ((middle + h) - (middle - h));
                    see(parameter, layer, i, j, differences[i][j]);
                }
            }
            return differences;
        }

        private void see(Parameter parameter, int layer, int row, int column, double numerical) {
            double analytic = parameter.gradient().get(row, column);
            double error = Math.abs(analytic - numerical) / Math.max(Math.abs(analytic) + Math.abs(numerical), floor);
            if (!(error <= worst)) {
                worst = error;
                this.layer = layer;
                bias = parameter.role() == Parameter.Role.BIASES;
                this.row = row;
                this.column = column;
            }
        }

        private double value() {
            Matrix output = network.forwardAgain(inputs);
            LossSum sum = objective.sum();
            sum.add(output, targets, null);
            return sum.value();
        }
    }
}
