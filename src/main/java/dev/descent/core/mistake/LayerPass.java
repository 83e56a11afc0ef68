package dev.descent.core.mistake;

import dev.descent.core.nn.Activation;
import dev.descent.core.nn.BatchNormalizationLayer;
import dev.descent.core.nn.DropoutLayer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.nn.Slopes;
import org.jspecify.annotations.Nullable;

/// What a forward pass leaves in one layer, as plain rows: input x (n x in), z and a (n x units).
///
/// @param weights W (units x in), or gamma (1 x units)
/// @param mask of a dropout
/// @param normalization of a batch normalisation
record LayerPass(
        PlacedLayer place,
        double[][] x,
        double @Nullable [][] weights,
        double @Nullable [] biases,
        double @Nullable [][] mask,
        @Nullable Normalization normalization,
        double[][] z,
        double[][] a) {

    /// @param normalized `n = (x - mean) / deviation` (n x units)
    /// @param deviation `sqrt(variance + epsilon)`
    record Normalization(double[][] normalized, double[] mean, double[] deviation, double epsilon) {

        /// Over the rows of x.
        static Normalization of(double[][] x, double epsilon) {
            int units = x[0].length;
            double[] mean = new double[units];
            double[] deviation = new double[units];
            double[][] normalized = new double[x.length][units];
            for (int j = 0; j < units; j++) {
                double sum = 0;
                for (double[] row : x) {
                    sum += row[j];
                }
                mean[j] = sum / x.length;
                double squares = 0;
                for (double[] row : x) {
                    squares += (row[j] - mean[j]) * (row[j] - mean[j]);
                }
                deviation[j] = Math.sqrt(squares / x.length + epsilon);
                for (int i = 0; i < x.length; i++) {
                    normalized[i][j] = (x[i][j] - mean[j]) / deviation[j];
                }
            }
            return new Normalization(normalized, mean, deviation, epsilon);
        }
    }

    static LayerPass of(Layer layer) {
        double[][] x = layer.input().toRows();
        var weights = layer.weights();
        var biases = layer.biases();
        var mask = layer instanceof DropoutLayer dropout ? dropout.mask() : null;
        return new LayerPass(
                layer.place(),
                x,
                weights == null ? null : weights.value().toRows(),
                biases == null ? null : biases.value().toRows()[0],
                mask == null ? null : mask.toRows(),
                layer instanceof BatchNormalizationLayer
                                && layer.place().layer() instanceof LayerSpec.BatchNormalization spec
                        ? Normalization.of(x, spec.epsilon())
                        : null,
                layer.preActivation().toRows(),
                layer.activation().toRows());
    }

    /// What the layer makes of another x; a residual block adds x to what comes out of the layers
    /// `inside` it.
    double[][] preActivation(double[][] x, double[][] inside) {
        return switch (place.layer()) {
            case LayerSpec.Dense dense -> {
                double[][] z = Plain.times(x, Plain.transpose(requireWeights()));
                yield biases == null ? z : plusRow(z, biases);
            }
            case LayerSpec.Dropout dropout -> mask == null ? x : Plain.product(x, mask);
            case LayerSpec.BatchNormalization spec -> {
                double[][] normalized = Normalization.of(x, spec.epsilon()).normalized;
                double[] gamma = requireWeights()[0];
                double[][] z = new double[x.length][];
                for (int i = 0; i < z.length; i++) {
                    z[i] = new double[gamma.length];
                    for (int j = 0; j < gamma.length; j++) {
                        z[i][j] = gamma[j] * normalized[i][j];
                    }
                }
                yield biases == null ? z : plusRow(z, biases);
            }
            case LayerSpec.Residual residual -> Plain.plus(x, inside);
        };
    }

    /// The same layer with another x, z and a.
    LayerPass with(double[][] x, double[][] z, double[][] a) {
        Normalization other = normalization == null ? null : Normalization.of(x, normalization.epsilon);
        return new LayerPass(place, x, weights, biases, mask, other, z, a);
    }

    /// dJ/dz for dJ/da.
    double[][] delta(double[][] gradient) {
        return activation() instanceof Activation.Identity ? gradient : Slopes.backward(activation(), z, a, gradient);
    }

    Activation activation() {
        return place.layer().activation();
    }

    /// What delta's rows are paired with in dW: x, or the normalised x.
    double[][] paired() {
        return normalization == null ? x : normalization.normalized;
    }

    double[][] requireWeights() {
        if (weights == null) {
            throw new IllegalStateException("layer " + place.index() + " has no weights");
        }
        return weights;
    }

    /// dJ/dW (units x in), or dJ/dgamma (1 x units), with `delta` and what it is paired with.
    double[][] weightGradient(double[][] delta, double[][] paired) {
        return normalization == null
                ? Plain.transposedTimes(delta, paired)
                : Plain.sumRows(Plain.product(delta, paired));
    }

    /// dJ/dx (n x in); of a residual block only what goes around it.
    double[][] inputGradient(double[][] delta) {
        return switch (place.layer()) {
            case LayerSpec.Dense dense -> Plain.times(delta, requireWeights());
            case LayerSpec.Dropout dropout -> mask == null ? delta : Plain.product(delta, mask);
            case LayerSpec.BatchNormalization spec -> throughNormalization(delta, 1);
            case LayerSpec.Residual residual -> delta;
        };
    }

    /// The same, with mean and variance taken for constants.
    double[][] inputGradientAtConstantStatistics(double[][] delta) {
        return throughNormalization(delta, 0);
    }

    private double[][] throughNormalization(double[][] delta, double share) {
        Normalization norm = normalization;
        if (norm == null) {
            throw new IllegalStateException("layer " + place.index() + " does not normalise");
        }
        int n = delta.length;
        double[][] sum = Plain.sumRows(delta);
        double[][] sumOfProducts = Plain.sumRows(Plain.product(delta, norm.normalized));
        double[] gamma = requireWeights()[0];
        double[][] gradient = new double[n][gamma.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < gamma.length; j++) {
                double means = (sum[0][j] + norm.normalized[i][j] * sumOfProducts[0][j]) / n;
                gradient[i][j] = gamma[j] / norm.deviation[j] * (delta[i][j] - share * means);
            }
        }
        return gradient;
    }

    private static double[][] plusRow(double[][] rows, double[] added) {
        double[][] sum = new double[rows.length][added.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < added.length; j++) {
                sum[i][j] = rows[i][j] + added[j];
            }
        }
        return sum;
    }
}
