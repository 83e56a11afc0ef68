package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.lint.Diagnostic;
import dev.descent.core.lint.Rule;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each rule on a run that has the fault, and on one that does not.
class LinterRulesTest {

    private static final int ROWS = 100;
    private static final Loss SQUARED = new Loss.SquaredError(Reduction.MEAN, 1);
    private static final Initializer GLOROT = new Initializer.GlorotUniform();
    private static final Initializer ZEROS = new Initializer.Zeros();
    private static final Activation RELU = new Activation.Relu();
    private static final Activation TANH = new Activation.Tanh();
    private static final Activation IDENTITY = new Activation.Identity();

    /// Two inputs from -1 to 1, and y = x0 x1 + x0 / 2 with a little noise; the last `heldOut` rows to validate.
    private static TrainingData data(double scale, double noise, int heldOut) {
        NumpyRandom random = new NumpyRandom(1);
        double[][] x = new double[ROWS][2];
        double[][] y = new double[ROWS][1];
        for (int i = 0; i < ROWS; i++) {
            double x0 = random.uniform(-1, 1);
            double x1 = random.uniform(-1, 1);
            x[i] = new double[] {scale * x0, scale * x1};
            y[i][0] = x0 * x1 + x0 / 2 + noise * random.randn();
        }
        return split(x, y, heldOut);
    }

    private static TrainingData split(double[][] x, double[][] y, int heldOut) {
        return new TrainingData(
                part(x, 0, x.length - heldOut),
                part(y, 0, x.length - heldOut),
                heldOut == 0 ? null : part(x, x.length - heldOut, x.length),
                heldOut == 0 ? null : part(y, x.length - heldOut, x.length));
    }

    private static Matrix part(double[][] rows, int from, int to) {
        double[][] part = new double[to - from][];
        System.arraycopy(rows, from, part, 0, part.length);
        return Matrix.of(Precision.FLOAT64, part);
    }

    private static LayerSpec dense(int units, Activation activation, Initializer initializer) {
        return new LayerSpec.Dense(units, activation, true, initializer, ZEROS);
    }

    private static List<LayerSpec> hidden(Activation activation, Initializer initializer) {
        return List.of(dense(8, activation, initializer), dense(1, IDENTITY, GLOROT));
    }

    private static TrainingSpec spec(List<LayerSpec> layers, Loss loss, Optimizer optimizer, long epochs) {
        return spec(layers, null, loss, optimizer, epochs);
    }

    private static TrainingSpec spec(
            List<LayerSpec> layers, @Nullable List<LayerWeights> weights, Loss loss, Optimizer optimizer, long epochs) {
        return new TrainingSpec(
                new NetworkSpec(2, layers),
                weights,
                loss,
                optimizer,
                new Batches.Full(),
                new Length.Epochs(epochs),
                Precision.FLOAT64,
                3,
                1,
                0);
    }

    private static Optimizer sgd(double learningRate) {
        return new Optimizer.Sgd(learningRate, 0);
    }

    private static void assertHealthy(TrainingSpec spec, TrainingData data) {
        assertThat(LintedRun.of(spec, data))
                .filteredOn(one -> one.severity() != Severity.INFO)
                .isEmpty();
    }

    private static Diagnostic only(TrainingSpec spec, TrainingData data, Rule rule) {
        List<Diagnostic> told = LintedRun.of(spec, data);
        List<Diagnostic> found = told.stream().filter(one -> one.rule() == rule).toList();
        assertThat(found).as(told.toString()).isNotEmpty();
        assertThat(found.getLast().message()).isNotBlank();
        return found.getLast();
    }

    @Test
    void networksThatLearnAreLeftInPeace() {
        TrainingData data = data(1, 0.01, 20);
        for (Activation activation : List.of(RELU, TANH, new Activation.Sigmoid(), new Activation.Gelu())) {
            assertHealthy(spec(hidden(activation, GLOROT), SQUARED, sgd(0.1), 400), data);
            assertHealthy(spec(hidden(activation, GLOROT), SQUARED, adam(0.01), 400), data);
        }
    }

    private static Optimizer adam(double learningRate) {
        return new Optimizer.Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    @Test
    void aLayerOfDeadUnitsIsAnErrorAndSomeAreNot() {
        LayerWeights second = new LayerWeights(new double[][] {{1, 1, 1, 1}}, new double[] {0});
        List<LayerSpec> layers = List.of(dense(4, RELU, GLOROT), dense(1, IDENTITY, GLOROT));
        double[][] weights = {{0.1, 0.2}, {0.3, -0.1}, {-0.2, 0.1}, {0.2, 0.2}};
        TrainingData data = data(1, 0.01, 0);
        var dead = new LayerWeights(weights, new double[] {-9, -9, -9, -9});
        Diagnostic all = only(spec(layers, List.of(dead, second), SQUARED, sgd(0.01), 200), data, Rule.DEAD_UNITS);
        assertThat(all.severity()).isEqualTo(Severity.ERROR);
        assertThat(all.evidence()).containsEntry("units", List.of(0, 1, 2, 3));
        var one = new LayerWeights(weights, new double[] {0.1, -9, 0.1, 0.1});
        Diagnostic single = only(spec(layers, List.of(one, second), SQUARED, sgd(0.01), 200), data, Rule.DEAD_UNITS);
        assertThat(single.severity()).isEqualTo(Severity.INFO);
        assertThat(single.evidence()).containsEntry("units", List.of(1));
    }

    @Test
    void unitsThatStartAndStayAlikeAreFound() {
        Initializer constant = new Initializer.Constant(0.1);
        List<LayerSpec> alike = List.of(dense(4, TANH, constant), dense(1, IDENTITY, constant));
        Diagnostic found = only(spec(alike, SQUARED, sgd(0.1), 200), data(1, 0.01, 0), Rule.IDENTICAL_UNITS);
        assertThat(found.severity()).isEqualTo(Severity.WARNING);
        assertThat(found.evidence()).containsEntry("groups", List.of(List.of(0, 1, 2, 3)));
        List<LayerSpec> partly = List.of(dense(4, TANH, constant), dense(1, IDENTITY, GLOROT));
        assertHealthy(spec(partly, SQUARED, sgd(0.1), 200), data(1, 0.01, 0));
    }

    @Test
    void saturatedUnitsAreFound() {
        TrainingSpec large = spec(hidden(TANH, new Initializer.Normal(0, 300)), SQUARED, sgd(0.001), 200);
        assertThat(only(large, data(1, 0.01, 0), Rule.SATURATED_UNITS).layer()).isZero();
    }

    @Test
    void gradientsThatVanishOrExplodeAreFound() {
        List<LayerSpec> deep = new ArrayList<>();
        List<LayerSpec> wild = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            deep.add(dense(8, new Activation.Sigmoid(), GLOROT));
            wild.add(dense(8, new Activation.LeakyRelu(0.5), new Initializer.Normal(0, 2)));
        }
        deep.add(dense(1, IDENTITY, GLOROT));
        wild.add(dense(1, IDENTITY, GLOROT));
        Diagnostic vanishing = only(spec(deep, SQUARED, sgd(0.1), 200), data(1, 0.01, 0), Rule.VANISHING_GRADIENTS);
        assertThat((double) vanishing.evidence().get("ratio")).isLessThan(1e-4);
        Diagnostic exploding = only(spec(wild, SQUARED, sgd(1e-14), 200), data(1, 0.01, 0), Rule.EXPLODING_GRADIENTS);
        assertThat((double) exploding.evidence().get("ratio")).isGreaterThan(1e3);
    }

    @Test
    void aLearningRateThatIsTooHighIsFound() {
        List<LayerSpec> line = List.of(dense(1, IDENTITY, GLOROT));
        TrainingData data = data(1, 0.01, 0);
        Diagnostic climbing = only(spec(line, SQUARED, sgd(4), 40), data, Rule.LEARNING_RATE_TOO_HIGH);
        assertThat(climbing.message()).contains("climbed");
        Diagnostic jumping =
                only(spec(hidden(RELU, GLOROT), SQUARED, sgd(0.8), 400), data, Rule.LEARNING_RATE_TOO_HIGH);
        assertThat(jumping.message()).contains("in turn");
        assertHealthy(spec(line, SQUARED, sgd(0.3), 40), data);
    }

    @Test
    void aLearningRateThatIsTooLowIsFound() {
        TrainingData data = data(1, 0.01, 0);
        TrainingSpec slow = spec(hidden(TANH, GLOROT), SQUARED, sgd(1e-6), 200);
        assertThat(only(slow, data, Rule.LEARNING_RATE_TOO_LOW).severity()).isEqualTo(Severity.WARNING);
        assertHealthy(spec(hidden(TANH, GLOROT), SQUARED, sgd(0.1), 2000), data);
    }

    @Test
    void divergenceIsAnErrorWithItsPlace() {
        TrainingSpec wild = spec(List.of(dense(1, IDENTITY, GLOROT)), SQUARED, sgd(1e6), 400);
        Diagnostic found = only(wild, data(1, 0.01, 0), Rule.DIVERGENCE);
        assertThat(found.severity()).isEqualTo(Severity.ERROR);
        assertThat(found.evidence()).containsKeys("step", "place", "learningRate");
    }

    @Test
    void aValidationLossThatRisesIsFound() {
        List<LayerSpec> wide = List.of(
                dense(60, TANH, new Initializer.Normal(0, 2)), dense(60, TANH, GLOROT), dense(1, IDENTITY, GLOROT));
        Diagnostic found = only(spec(wide, SQUARED, adam(0.003), 1000), data(1, 0.7, 50), Rule.VALIDATION_RISES);
        assertThat((double) found.evidence().get("latestValidationLoss"))
                .isGreaterThan((double) found.evidence().get("bestValidationLoss"));
    }

    @Test
    void unscaledInputsAreFound() {
        TrainingSpec spec = spec(hidden(TANH, GLOROT), SQUARED, sgd(0.001), 20);
        assertThat(only(spec, data(1000, 0.01, 0), Rule.UNSCALED_INPUTS).evidence())
                .containsEntry("oddInputs", 2L);
        assertThat(only(spec, data(1e-6, 0.01, 0), Rule.UNSCALED_INPUTS).message())
                .contains("tiny");
    }

    @Test
    void targetsThatTheOutputCannotGiveAreFound() {
        List<LayerSpec> sigmoid = List.of(dense(4, TANH, GLOROT), dense(1, new Activation.Sigmoid(), GLOROT));
        Diagnostic found = only(spec(sigmoid, SQUARED, sgd(0.1), 20), data(1, 0.01, 0), Rule.LOSS_OUTPUT_MISMATCH);
        assertThat(found.layer()).isEqualTo(1);
        assertThat(found.evidence()).containsEntry("activation", "sigmoid").containsEntry("outputMinimum", 0.0);
    }

    @Test
    void normalizationAfterDropoutIsFound() {
        var dropout = new LayerSpec.Dropout(0.3);
        var normalization = new LayerSpec.BatchNormalization(0.1, 1e-5, IDENTITY);
        List<LayerSpec> before = List.of(dense(8, TANH, GLOROT), dropout, normalization, dense(1, IDENTITY, GLOROT));
        Diagnostic found =
                only(spec(before, SQUARED, sgd(0.05), 200), data(1, 0.01, 0), Rule.DROPOUT_BEFORE_NORMALIZATION);
        assertThat(found.layer()).isEqualTo(2);
        List<LayerSpec> after = List.of(dense(8, TANH, GLOROT), normalization, dropout, dense(1, IDENTITY, GLOROT));
        assertHealthy(spec(after, SQUARED, sgd(0.05), 200), data(1, 0.01, 0));
    }

    @Test
    void aFeatureThatSaysTheTargetIsFound() {
        NumpyRandom random = new NumpyRandom(2);
        double[][] x = new double[ROWS][2];
        double[][] y = new double[ROWS][1];
        for (int i = 0; i < ROWS; i++) {
            y[i][0] = random.randn();
            x[i] = new double[] {random.randn(), 2 - 3 * y[i][0] + 0.001 * random.randn()};
        }
        TrainingSpec spec = spec(hidden(TANH, GLOROT), SQUARED, sgd(0.01), 20);
        assertThat(only(spec, split(x, y, 0), Rule.TARGET_LEAK).evidence()).containsEntry("features", List.of("x1"));
    }

    @Test
    void aCodeOfTheClassAmongTheFeaturesIsFound() {
        NumpyRandom random = new NumpyRandom(2);
        double[][] x = new double[ROWS][2];
        double[][] y = new double[ROWS][3];
        for (int i = 0; i < ROWS; i++) {
            y[i][i % 3] = 1;
            x[i] = new double[] {random.randn() + i % 3, (i % 3 + 1) % 3};
        }
        List<LayerSpec> classes = List.of(dense(4, TANH, GLOROT), dense(3, IDENTITY, GLOROT));
        TrainingSpec spec = spec(classes, new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1), sgd(0.1), 20);
        assertThat(only(spec, split(x, y, 0), Rule.TARGET_LEAK).evidence()).containsEntry("features", List.of("x1"));
    }
}
