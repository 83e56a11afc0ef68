package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Severity;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that go well are warned of nothing: the lectures', and what one trains every day.
class HealthyRunsLintTest {

    private static final Activation IDENTITY = new Activation.Identity();
    private static final Initializer GLOROT = new Initializer.GlorotUniform();
    private static final Initializer ZEROS = new Initializer.Zeros();

    private static void assertSilent(TrainingSpec spec, TrainingData data) {
        List<Diagnostic> told = LintedRun.of(spec, data);
        assertThat(told).filteredOn(one -> one.severity() != Severity.INFO).isEmpty();
    }

    private static LayerSpec dense(int units, Activation activation) {
        return new LayerSpec.Dense(units, activation, true, GLOROT, ZEROS);
    }

    private static TrainingSpec spec(
            int inputs,
            List<LayerSpec> layers,
            @Nullable List<LayerWeights> weights,
            Loss loss,
            Optimizer optimizer,
            Batches batches,
            Length length) {
        return new TrainingSpec(
                new NetworkSpec(inputs, layers), weights, loss, optimizer, batches, length, Precision.FLOAT64, 1, 1, 0);
    }

    private static Optimizer adam(double learningRate) {
        return new Optimizer.Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    @Test
    void theLineThroughTheBlob() {
        assertSilent(RegressionTest.spec(), RegressionTest.data(Golden.read("regression.json")));
    }

    @Test
    void theLegendreUnit() {
        assertSilent(LegendreTest.spec(Precision.FLOAT64), LegendreTest.data(Precision.FLOAT64));
    }

    @Test
    void balanceFromLimit() throws IOException {
        double[][] rows = credit("Limit", "Balance");
        List<LayerSpec> layers = List.of(dense(1, new Activation.Sigmoid()), dense(1, IDENTITY));
        var two = new LayerWeights(new double[][] {{2}}, new double[] {2});
        assertSilent(
                spec(
                        1,
                        layers,
                        List.of(two, two),
                        new Loss.SquaredError(Reduction.SUM, 0.5),
                        new Optimizer.Sgd(0.001, 0),
                        new Batches.Full(),
                        new Length.Steps(10_000)),
                data(rows, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 80})
    void balanceFromEverythingKnown(int heldOut) throws IOException {
        double[][] rows = credit("Income", "Limit", "Rating", "Cards", "Age", "Education", "Balance");
        for (Activation activation : List.of(new Activation.Relu(), new Activation.Tanh())) {
            assertSilent(
                    spec(
                            6,
                            List.of(dense(12, activation), dense(12, activation), dense(1, IDENTITY)),
                            null,
                            new Loss.SquaredError(Reduction.MEAN, 1),
                            adam(0.001),
                            new Batches.Shuffled(32),
                            new Length.Epochs(60)),
                    data(rows, 1, heldOut));
        }
    }

    /// Ten patterns of 8 x 8 pixels with a margin that is always 0, as in MNIST, each row its pattern and noise.
    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "relu"})
    void handwritingInSmall(String activation) {
        NumpyRandom random = new NumpyRandom(4);
        double[][] patterns = new double[10][64];
        for (double[] pattern : patterns) {
            for (int i = 0; i < 64; i++) {
                boolean margin = i < 8 || i >= 56 || i % 8 == 0 || i % 8 == 7;
                pattern[i] = !margin && random.uniform(0, 1) < 0.4 ? 1 : 0;
            }
        }
        double[][] rows = new double[600][];
        for (int row = 0; row < rows.length; row++) {
            double[] pattern = patterns[row % 10];
            rows[row] = new double[74];
            for (int i = 0; i < 64; i++) {
                double ink = 0.8 * pattern[i] + 0.25 * random.randn();
                boolean margin = i < 8 || i >= 56 || i % 8 == 0 || i % 8 == 7;
                rows[row][i] = margin ? 0 : Math.clamp(ink, 0, 1);
            }
            rows[row][64 + row % 10] = 1;
        }
        assertSilent(
                spec(
                        64,
                        List.of(
                                dense(30, activation.equals("relu") ? new Activation.Relu() : new Activation.Sigmoid()),
                                dense(10, IDENTITY)),
                        null,
                        new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                        adam(0.003),
                        new Batches.Shuffled(50),
                        new Length.Epochs(30)),
                data(rows, 10, 100));
    }

    /// A sine with a little noise: rows on which no unit of the second layer is active carry most of what is left of
    /// the
    /// loss, which is half a percent of what it was.
    @Test
    void idleRowsWhereHardlyAnyLossIsLeft() {
        Activation relu = new Activation.Relu();
        Initializer he = new Initializer.HeNormal();
        List<LayerSpec> layers = List.of(
                new LayerSpec.Dense(16, relu, true, he, ZEROS),
                new LayerSpec.Dense(16, relu, true, he, ZEROS),
                dense(1, IDENTITY));
        assertSilent(fitted(layers, new Optimizer.Momentum(0.01, 0.9, 0)), sine());
    }

    /// In its second epoch the validation loss is low by chance.
    @Test
    void validationLossThatIsLowOnceBeforeTheRunHasSettled() {
        Activation tanh = new Activation.Tanh();
        assertSilent(
                fitted(
                        List.of(dense(16, tanh), dense(16, tanh), dense(16, tanh), dense(16, tanh), dense(1, IDENTITY)),
                        adam(0.01)),
                sine());
    }

    private static TrainingSpec fitted(List<LayerSpec> layers, Optimizer optimizer) {
        return spec(
                1,
                layers,
                null,
                new Loss.SquaredError(Reduction.MEAN, 1),
                optimizer,
                new Batches.Full(),
                new Length.Epochs(400));
    }

    private static TrainingData sine() {
        NumpyRandom random = new NumpyRandom(1);
        double[][] rows = new double[200][2];
        for (double[] row : rows) {
            row[0] = random.uniform(-3, 3);
            row[1] = StrictMath.sin(row[0]) + 0.05 * random.randn();
        }
        return data(rows, 1, 50);
    }

    /// The last `targets` columns are to be predicted, the last `heldOut` rows to validate.
    private static TrainingData data(double[][] rows, int targets, int heldOut) {
        int training = rows.length - heldOut;
        return new TrainingData(
                part(rows, 0, training, targets, false),
                part(rows, 0, training, targets, true),
                heldOut == 0 ? null : part(rows, training, rows.length, targets, false),
                heldOut == 0 ? null : part(rows, training, rows.length, targets, true));
    }

    private static Matrix part(double[][] rows, int from, int to, int targets, boolean last) {
        double[][] part = new double[to - from][];
        for (int i = from; i < to; i++) {
            int features = rows[i].length - targets;
            part[i - from] =
                    last ? Arrays.copyOfRange(rows[i], features, rows[i].length) : Arrays.copyOf(rows[i], features);
        }
        return Matrix.of(Precision.FLOAT64, part);
    }

    /// Columns of Credit.csv, standardised.
    private static double[][] credit(String... columns) throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of(System.getProperty("descent.test.data", "../shared/data"), "Credit.csv"));
        List<String> names = List.of(lines.getFirst().replace("\"", "").split(","));
        double[][] rows = new double[lines.size() - 1][columns.length];
        for (int j = 0; j < columns.length; j++) {
            int place = names.indexOf(columns[j]);
            double[] cells = lines.stream()
                    .skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[place]))
                    .toArray();
            double mean = Arrays.stream(cells).sum() / cells.length;
            double variance = Arrays.stream(cells)
                            .map(cell -> (cell - mean) * (cell - mean))
                            .sum()
                    / (cells.length - 1);
            for (int i = 0; i < cells.length; i++) {
                rows[i][j] = (cells[i] - mean) / Math.sqrt(variance);
            }
        }
        return rows;
    }
}
