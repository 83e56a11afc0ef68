package dev.descent.conformance;

import static dev.descent.conformance.Runs.dense;
import static dev.descent.conformance.Runs.one;

import dev.descent.core.data.Cells;
import dev.descent.core.data.Encoding;
import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Scaling;
import dev.descent.core.data.Table;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.core.train.TrainingSpec;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Balance from limit, by one sigmoid unit. Its data is not ours to ship: whoever has it uploads it.
final class CreditTasks {

    static final List<String> COLUMNS = List.of("Limit", "Balance");

    private static final String FILE = "credit.json";

    /// NumPy sums pairwise, we in row order: 400 terms differ by some units in the last place.
    private static final double STANDARDIZED_DIGITS = 13;

    private static final double FIRST_STEP_DIGITS = 12;
    private static final double DIGITS = 9;

    private CreditTasks() {}

    /// @param rows of [#data]; null for tasks that only say what they would compare
    static List<Task> all(@Nullable TrainingData rows) {
        JsonNode reference = ReferenceNumbers.read(FILE);
        return List.of(
                new Task("credit/data", FILE, "the first rows, standardised", "NumPy", (parts, goesOn) -> {
                    Numbers numbers = parts.add("limit and balance", STANDARDIZED_DIGITS, 0);
                    JsonNode expected = reference.get("standardisedFirstRows");
                    for (int i = 0; i < expected.get("limit").size(); i++) {
                        Matrix x = given(rows).training().inputs();
                        Matrix y = given(rows).training().targets();
                        numbers.compare(
                                "limit " + i, x.get(i, 0), expected.get("limit").get(i));
                        numbers.compare(
                                "balance " + i,
                                y.get(i, 0),
                                expected.get("balance").get(i));
                    }
                }),
                new Task(
                        "credit/allOnes",
                        FILE,
                        "loss and gradients where every parameter is 1",
                        "NumPy",
                        (parts, goesOn) -> {
                            allOnes(
                                    parts.add("sum of squares and gradients", FIRST_STEP_DIGITS, 0),
                                    given(rows),
                                    reference.get("allOnes"));
                        }),
                new Task(
                        "credit/fromAllTwos",
                        FILE,
                        "100,000 steps from where every parameter is 2",
                        "NumPy",
                        (parts, goesOn) -> {
                            fromAllTwos(
                                    parts.add("sums of squares and parameters", DIGITS, 0),
                                    given(rows),
                                    reference.get("fromAllTwos"),
                                    goesOn);
                        }));
    }

    /// Limit and balance of `table`, standardised with n - 1.
    static TrainingData data(Table table) throws IOException {
        Encoding encoding = Encoding.of(table.headings(), COLUMNS);
        Cells cells = encoding.read(table);
        int[] rows = new int[(int) table.rows()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        FittedScaling scaling = encoding.fit(new Scaling.Standardize(1), cells, rows, warning -> {});
        Matrix both = encoding.matrix(Precision.FLOAT64, cells, rows, scaling);
        Matrix x = Matrix.create(Precision.FLOAT64, rows.length, 1);
        Matrix y = Matrix.create(Precision.FLOAT64, rows.length, 1);
        for (int i = 0; i < rows.length; i++) {
            x.set(i, 0, both.get(i, 0));
            y.set(i, 0, both.get(i, 1));
        }
        return new TrainingData(x, y, null, null);
    }

    private static TrainingData given(@Nullable TrainingData rows) {
        return Objects.requireNonNull(rows);
    }

    private static TrainingSpec spec(double start, long steps) {
        return Runs.descent(
                List.of(dense(1, new Activation.Sigmoid()), dense(1, new Activation.Identity())),
                List.of(one(start, start), one(start, start)),
                new Loss.SquaredError(Reduction.SUM, 0.5),
                0.001,
                steps,
                Precision.FLOAT64);
    }

    private static void allOnes(Numbers numbers, TrainingData rows, JsonNode expected) {
        try (Trainer trainer = Trainer.start(spec(1, 1), rows)) {
            Runs.run(trainer, () -> true, step -> {
                numbers.compare("sum of squares", 2 * step.batchLoss(), expected.get("sumOfSquares"));
                compare(numbers, "gradient of ", step.network().gradients(), expected.get("gradients"));
            });
        }
    }

    private static void fromAllTwos(Numbers numbers, TrainingData rows, JsonNode expected, BooleanSupplier goesOn) {
        JsonNode curve = expected.get("sumOfSquaresBeforeStep");
        try (Trainer trainer = Trainer.start(spec(2, expected.get("steps").longValue()), rows)) {
            Runs.run(trainer, goesOn, step -> {
                JsonNode known = curve.get(String.valueOf(step.index()));
                if (known != null) {
                    numbers.compare("sum of squares before step " + step.index(), 2 * step.batchLoss(), known);
                }
            });
            numbers.compare("sum of squares at the end", 2 * trainer.trainingLoss(), expected.get("finalSumOfSquares"));
            compare(numbers, "", trainer.network().weights(), expected.get("final"));
        }
    }

    private static void compare(Numbers numbers, String what, List<LayerWeights> computed, JsonNode expected) {
        for (int l = 0; l < 2; l++) {
            LayerWeights layer = computed.get(l);
            String number = String.valueOf(l + 1);
            numbers.compare(
                    what + "w" + number, Objects.requireNonNull(layer.weights())[0][0], expected.get("w" + number));
            numbers.compare(what + "b" + number, Objects.requireNonNull(layer.biases())[0], expected.get("b" + number));
        }
    }
}
