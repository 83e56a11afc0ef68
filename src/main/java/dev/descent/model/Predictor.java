package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.nn.Forecast;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.PlacedLayer;
import dev.descent.core.nn.TargetOutputs;
import dev.descent.fault.Violation;
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
    private final List<TargetAnswer> answers;

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
        answers = TargetAnswer.of(model.interpretation(), capacity);
        if (answers.size() > 1 && include.contains(Include.INPUT_GRADIENTS)) {
            throw new RowsRefused(new Violation(
                    "/include",
                    "several-targets",
                    "inputGradients are those of one target; this model answers several",
                    "inputGradients"));
        }
    }

    /// How many numbers the answer to a row holds.
    static long numbersPerRow(ModelDescription model, Set<Include> include) {
        long numbers = 0;
        for (Target target : model.targets().columns()) {
            numbers += 1 + target.classes().size();
        }
        for (TargetOutputs own : model.answers()) {
            if (Forecast.isDistribution(own.loss())) {
                numbers += 1 + own.columns().length;
            }
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
        for (TargetAnswer answer : answers) {
            answer.read(probabilities);
            for (int i = 0; answer.isNumber() && i < count; i++) {
                requireFinite(answer.forecast(i), from + i);
            }
        }
    }

    /// What the loss works on (n x outputs).
    Matrix output() {
        return network.layers().getLast().activation();
    }

    /// Of a regression, the number predicted for the i-th row that passed, on the target's own scale.
    double value(int i) {
        return answers.getFirst().forecast(i).mean();
    }

    /// What speaks for class `label` of the i-th row that passed: its probability, where
    /// [#sharesAreProbabilities], else its output.
    double share(int i, int label) {
        return answers.getFirst().share(i, label);
    }

    /// Whether what [#share] says is a probability.
    static boolean sharesAreProbabilities(ModelDescription model) {
        return TargetAnswer.areProbabilities(model.loss(), model.network().outputActivation());
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

    private Map<String, Prediction.OfTarget> byTarget(int i) {
        Map<String, Prediction.OfTarget> targets = new LinkedHashMap<>();
        for (TargetAnswer answer : answers) {
            targets.put(answer.column(), answer.prediction(i));
        }
        return targets;
    }

    private Prediction prediction(int i, int chosen, @Nullable Matrix gradients) {
        Prediction.OfTarget only = answers.size() == 1 ? answers.getFirst().prediction(i) : Prediction.OfTarget.NONE;
        return new Prediction(
                only.value(),
                only.standardDeviation(),
                only.components(),
                only.label(),
                only.probabilities(),
                answers.size() == 1 ? null : byTarget(i),
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
        return answers.getFirst().best(i);
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
