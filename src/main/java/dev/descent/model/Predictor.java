package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.PlacedLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends rows through a model: encodes and scales them, and turns what the network says into numbers and labels.
///
/// A row whose way through the network leaves the finite numbers is refused, whatever comes out at the end.
final class Predictor {

    /// Rows that pass through the network at once.
    static final int CHUNK = 1024;

    private final ModelDescription model;
    private final Network network;
    private final Objective objective;
    private final int capacity;
    private final NotFinite notFinite;
    private final Set<Include> include;
    private final Matrix inputs;
    private final Matrix probabilities;

    /// What to say of a row, counted in what [#predict] was given, that has no finite answer.
    interface NotFinite {
        RowsRefused of(int row, String message);
    }

    /// For up to `capacity` rows at once, for which `loaded` needs to have room.
    Predictor(LoadedModel loaded, int capacity, Set<Include> include, NotFinite notFinite) {
        this.notFinite = notFinite;
        this.model = loaded.description();
        this.network = loaded.network();
        this.capacity = capacity;
        this.include = include;
        objective = new Objective(model.loss(), model.precision());
        inputs = Matrix.create(model.precision(), capacity, model.network().inputs());
        probabilities =
                Matrix.create(model.precision(), capacity, model.network().outputs());
    }

    /// How many numbers the answer to a row holds.
    static long numbersPerRow(ModelDescription model, Set<Include> include) {
        long numbers = 1 + model.target().classes().size();
        if (Forecast.isDistribution(model.loss())) {
            numbers += 1 + model.network().outputs();
        }
        if (include.contains(Include.LOGITS)) {
            numbers += model.network().outputs();
        }
        if (include.contains(Include.ACTIVATIONS)) {
            for (PlacedLayer layer : model.network().placedLayers()) {
                numbers += layer.units();
            }
        }
        return include.contains(Include.INPUT_GRADIENTS)
                ? numbers + model.network().inputs()
                : numbers;
    }

    /// The predictions for the first `count` rows of cells.
    List<Prediction> predict(double[][] cells, int count) {
        List<Prediction> predictions = new ArrayList<>(count);
        for (int from = 0; from < count; from += capacity) {
            predict(cells, from, Math.min(capacity, count - from), predictions);
        }
        return predictions;
    }

    private void predict(double[][] cells, int from, int count, List<Prediction> predictions) {
        pass(cells, from, count);
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = best(i);
        }
        Matrix gradients = include.contains(Include.INPUT_GRADIENTS) ? inputGradients(chosen, from) : null;
        for (int i = 0; i < count; i++) {
            predictions.add(prediction(i, chosen[i], gradients));
        }
    }

    /// Sends rows `from` to `from + count` of cells, at most the capacity, through the network; [#output], [#value],
    /// [#best] and [#share] are about these rows until the next ones pass.
    void pass(double[][] cells, int from, int count) {
        encode(cells, from, count);
        Matrix output = network.forward(inputs);
        requireFinite(inputs, from);
        for (Layer layer : network.layers()) {
            requireFinite(layer.preActivation(), from);
            requireFinite(layer.activation(), from);
        }
        probabilities.resize(count);
        objective.probabilities(output, probabilities);
        if (model.target().form() == Target.Form.VALUE) {
            for (int i = 0; i < count; i++) {
                requireFinite(forecast(i), from + i);
            }
        }
    }

    /// What the loss works on (n x outputs).
    Matrix output() {
        return network.layers().getLast().activation();
    }

    /// Of a regression, the number predicted for the i-th row that passed, on the target's own scale.
    double value(int i) {
        return forecast(i).mean();
    }

    private Forecast forecast(int i) {
        FittedScaling scaling = model.targetScaling();
        return Forecast.of(model.loss(), probabilities, i).unscaled(scaling.means()[0], scaling.divisors()[0]);
    }

    /// What speaks for class `label` of the i-th row that passed: its probability, where
    /// [#outputsAreProbabilities(ModelDescription)], else its output.
    double share(int i, int label) {
        if (model.target().form() == Target.Form.INDICATOR) {
            return label == 1 ? probabilities.get(i, 0) : 1 - probabilities.get(i, 0);
        }
        return probabilities.get(i, label);
    }

    private void encode(double[][] cells, int from, int count) {
        double[] row = new double[model.network().inputs()];
        inputs.resize(count);
        for (int i = 0; i < count; i++) {
            model.features().encode(cells[from + i], row);
            model.featureScaling().apply(row);
            for (int j = 0; j < row.length; j++) {
                inputs.set(i, j, row[j]);
            }
        }
    }

    private Prediction prediction(int i, int chosen, @Nullable Matrix gradients) {
        Forecast forecast = null;
        String label = null;
        Map<String, Double> shares = null;
        if (model.target().form() == Target.Form.VALUE) {
            forecast = forecast(i);
        } else {
            label = model.target().classes().get(chosen);
            shares = shares(i);
        }
        return new Prediction(
                forecast == null ? null : forecast.mean(),
                forecast == null ? null : forecast.standardDeviation(),
                forecast == null || forecast.components().isEmpty() ? null : forecast.components(),
                label,
                shares,
                include.contains(Include.LOGITS)
                        ? row(network.layers().getLast().preActivation(), i)
                        : null,
                include.contains(Include.ACTIVATIONS)
                        ? network.layers().stream()
                                .map(layer -> row(layer.activation(), i))
                                .toList()
                        : null,
                gradients == null ? null : byColumn(row(gradients, i)));
    }

    /// The class that the i-th row that passed belongs to: the first with the largest share.
    int best(int i) {
        return switch (model.target().form()) {
            case VALUE -> 0;
            case INDICATOR -> probabilities.get(i, 0) > 0.5 ? 1 : 0;
            case ONE_HOT -> {
                int best = 0;
                for (int j = 1; j < probabilities.columns(); j++) {
                    if (probabilities.get(i, j) > probabilities.get(i, best)) {
                        best = j;
                    }
                }
                yield best;
            }
        };
    }

    private @Nullable Map<String, Double> shares(int i) {
        if (!outputsAreProbabilities(model)) {
            return null;
        }
        List<String> classes = model.target().classes();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int j = 0; j < classes.size(); j++) {
            shares.put(classes.get(j), share(i, j));
        }
        return shares;
    }

    static boolean outputsAreProbabilities(ModelDescription model) {
        return switch (model.loss()) {
            case Loss.BinaryCrossEntropy binary -> true;
            case Loss.SoftmaxCrossEntropy softmax -> true;
            case Loss.GaussianNegativeLogLikelihood gaussian -> false;
            case Loss.MixtureDensity mixture -> false;
            case Loss.WeightedSum heads -> false;
            case Loss.SquaredError _, Loss.AbsoluteError _, Loss.Huber _ ->
                switch (model.network().outputActivation()) {
                    case Activation.Sigmoid sigmoid -> true;
                    case Activation.HardSigmoid hardSigmoid -> true;
                    case Activation.Softmax softmax -> true;
                    case Activation.Identity identity -> false;
                    case Activation.Relu relu -> false;
                    case Activation.LeakyRelu leaky -> false;
                    case Activation.Relu6 relu6 -> false;
                    case Activation.Elu elu -> false;
                    case Activation.Selu selu -> false;
                    case Activation.Tanh tanh -> false;
                    case Activation.Softplus softplus -> false;
                    case Activation.Softsign softsign -> false;
                    case Activation.Gelu gelu -> false;
                    case Activation.GeluTanh geluTanh -> false;
                    case Activation.Swish swish -> false;
                    case Activation.Mish mish -> false;
                    case Activation.Sine sine -> false;
                    case Activation.Polynomial polynomial -> false;
                };
        };
    }

    /// For each row, the derivative of the predicted number, or of the output at `chosen`, with respect to the inputs
    /// as they were sent.
    private Matrix inputGradients(int[] chosen, int from) {
        Matrix delta = network.outputGradient();
        for (int i = 0; i < chosen.length; i++) {
            if (model.target().form() == Target.Form.VALUE) {
                Forecast.slopes(model.loss(), probabilities, i, delta);
                continue;
            }
            for (int j = 0; j < delta.columns(); j++) {
                delta.set(i, j, j == Math.min(chosen[i], delta.columns() - 1) ? 1 : 0);
            }
        }
        network.backward();
        Matrix gradients = network.inputGradient();
        FittedScaling scaling = model.featureScaling();
        double factor = model.target().form() == Target.Form.VALUE
                ? model.targetScaling().divisors()[0]
                : 1;
        for (int i = 0; i < gradients.rows(); i++) {
            for (int j = 0; j < gradients.columns(); j++) {
                gradients.set(i, j, factor * gradients.get(i, j) / scaling.divisors()[j]);
            }
        }
        requireFinite(gradients, from);
        return gradients;
    }

    private Map<String, Object> byColumn(double[] gradients) {
        Map<String, Object> columns = new LinkedHashMap<>();
        int at = 0;
        for (Heading column : model.features().columns()) {
            if (column.type() == ColumnType.NUMERIC) {
                columns.put(column.name(), gradients[at++]);
            } else {
                Map<String, Double> categories = new LinkedHashMap<>();
                for (String category : column.categories()) {
                    categories.put(category, gradients[at++]);
                }
                columns.put(column.name(), categories);
            }
        }
        return columns;
    }

    private static double[] row(Matrix matrix, int i) {
        double[] row = new double[matrix.columns()];
        for (int j = 0; j < row.length; j++) {
            row[j] = matrix.get(i, j);
        }
        return row;
    }

    private void requireFinite(Matrix matrix, int from) {
        if (!matrix.isFinite()) {
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    requireFinite(matrix.get(i, j), from + i);
                }
            }
        }
    }

    private void requireFinite(Forecast forecast, int row) {
        requireFinite(forecast.mean(), row);
        Double deviation = forecast.standardDeviation();
        requireFinite(deviation == null ? 0 : deviation, row);
        for (Forecast.Component component : forecast.components()) {
            requireFinite(component.mean(), row);
            requireFinite(component.standardDeviation(), row);
        }
    }

    private void requireFinite(double value, int row) {
        if (!Double.isFinite(value)) {
            throw notFinite.of(row, "the row leads beyond the largest number on its way through the network");
        }
    }
}
