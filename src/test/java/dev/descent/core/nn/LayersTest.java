package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What the layers beside the dense one do, and that gradients pass through every kind.
class LayersTest {

    private static final Activation IDENTITY = new Activation.Identity();
    private static final Activation TANH = new Activation.Tanh();
    private static final Initializer NORMAL = new Initializer.Normal(0, 0.7);

    private static LayerSpec dense(int units, Activation activation) {
        return new LayerSpec.Dense(units, activation, true, NORMAL, NORMAL);
    }

    private static LayerSpec normalization(Activation activation) {
        return new LayerSpec.BatchNormalization(0.1, 1e-5, activation);
    }

    private static Matrix random(int rows, int columns, NumpyRandom random) {
        Matrix matrix = Matrix.create(Precision.FLOAT64, rows, columns);
        new Initializer.Normal(0, 1).fill(matrix, 1, 1, random);
        return matrix;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void batchNormalizationIsPyTorchs(Precision precision) {
        JsonNode golden = Golden.read("network.json");
        JsonNode expected = golden.get("batchNorm");
        double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
        try (Network network = Network.create(new NetworkSpec(4, List.of(normalization(IDENTITY))), precision, 6, 1)) {
            network.load(List.of(new LayerWeights(
                    new double[][] {Golden.vector(expected.get("gamma"))}, Golden.vector(expected.get("beta")))));
            Matrix y =
                    network.forwardTraining(Matrix.of(precision, Golden.matrix(golden.get("X"))), new NumpyRandom(0));
            Golden.assertClose("y", y.toRows(), Golden.matrix(expected.get("y")), tolerance, 1);
            for (int i = 0; i < 24; i++) {
                network.outputGradient().set(i / 4, i % 4, i / 10.0);
            }
            network.backward();
            Golden.assertClose("dx", network.inputGradient().toRows(), Golden.matrix(expected.get("dx")), tolerance, 1);
            LayerWeights gradient = network.gradients().getFirst();
            LayerWeights value = network.weights().getFirst();
            close("dgamma", gradient.weights()[0], expected, tolerance);
            close("dbeta", gradient.biases(), expected, tolerance);
            close("runningMean", value.runningMean(), expected, tolerance);
            close("runningVariance", value.runningVariance(), expected, tolerance);
        }
    }

    private static void close(String name, double[] found, JsonNode expected, double tolerance) {
        double[][] wanted = {Golden.vector(expected.get(name))};
        Golden.assertClose(name, new double[][] {found}, wanted, tolerance, 1);
    }

    @Test
    void gradientsPassThroughEveryKindOfLayer() {
        List<List<LayerSpec>> networks = List.of(
                List.of(normalization(IDENTITY), dense(5, TANH), dense(3, IDENTITY)),
                List.of(dense(5, IDENTITY), normalization(TANH), dense(3, IDENTITY)),
                List.of(dense(5, TANH), dense(3, IDENTITY), normalization(IDENTITY)),
                List.of(new LayerSpec.Dropout(0.3), dense(5, TANH), new LayerSpec.Dropout(0.5), dense(3, IDENTITY)),
                List.of(
                        dense(5, TANH),
                        new LayerSpec.Residual(List.of(dense(7, TANH), dense(5, TANH)), IDENTITY),
                        dense(3, IDENTITY)),
                List.of(new LayerSpec.Residual(List.of(dense(6, TANH), dense(4, IDENTITY)), TANH), dense(3, IDENTITY)),
                List.of(
                        dense(6, IDENTITY),
                        new LayerSpec.Residual(
                                List.of(
                                        normalization(TANH),
                                        new LayerSpec.Dropout(0.25),
                                        new LayerSpec.Residual(List.of(dense(6, TANH)), IDENTITY),
                                        dense(6, IDENTITY)),
                                TANH),
                        dense(3, IDENTITY)));
        for (List<LayerSpec> layers : networks) {
            NumpyRandom random = new NumpyRandom(7);
            Objective objective = new Objective(new Loss.SquaredError(Reduction.MEAN, 1), Precision.FLOAT64);
            try (Network network = Network.create(new NetworkSpec(4, layers), Precision.FLOAT64, 9, 1)) {
                network.initialize(random);
                Matrix x = random(9, 4, random);
                Matrix y = random(9, 3, random);
                objective.evaluate(network.forwardTraining(x, random), y, null, network.outputGradient());
                network.backward();
                GradientCheck check = GradientCheck.of(network, objective, x, y);
                assertThat(check.largestRelativeError()).as("%s", layers).isLessThan(1e-6);
                assertInputGradient(network, objective, x, y);
            }
        }
    }

    private static void assertInputGradient(Network network, Objective objective, Matrix x, Matrix y) {
        double[][] analytic = network.inputGradient().toRows();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double middle = x.get(i, j);
                x.set(i, j, middle + 1e-5);
                double above = value(network, objective, x, y);
                x.set(i, j, middle - 1e-5);
                double below = value(network, objective, x, y);
                x.set(i, j, middle);
                assertThat(analytic[i][j]).isCloseTo((above - below) / 2e-5, org.assertj.core.data.Offset.offset(1e-8));
            }
        }
    }

    private static double value(Network network, Objective objective, Matrix x, Matrix y) {
        LossSum sum = objective.sum();
        sum.add(network.forwardAgain(x), y, null);
        return sum.value();
    }

    @Test
    void dropoutDrawsRowByRowAsANotebookWould() {
        NetworkSpec spec = new NetworkSpec(40, List.of(new LayerSpec.Dropout(0.25), dense(1, IDENTITY)));
        try (Network network = Network.create(spec, Precision.FLOAT64, 50, 1)) {
            network.initialize(new NumpyRandom(0));
            Matrix x = random(50, 40, new NumpyRandom(1));
            network.forwardTraining(x, new NumpyRandom(2));
            NumpyRandom notebook = new NumpyRandom(2);
            Matrix dropped = network.layers().getFirst().activation();
            int kept = 0;
            for (int i = 0; i < 50; i++) {
                for (int j = 0; j < 40; j++) {
                    boolean keep = notebook.randomSample() >= 0.25;
                    kept += keep ? 1 : 0;
                    assertThat(dropped.get(i, j)).isEqualTo(keep ? x.get(i, j) * (1 / 0.75) : x.get(i, j) * 0);
                }
            }
            assertThat(kept).isBetween(1400, 1600);

            network.forward(x);
            assertThat(dropped.toRows()).isDeepEqualTo(x.toRows());
        }
    }

    @Test
    void predictionsUseTheRunningStatistics() {
        try (Network network =
                Network.create(new NetworkSpec(1, List.of(normalization(IDENTITY))), Precision.FLOAT64, 2, 1)) {
            network.load(List.of(new LayerWeights(
                    new double[][] {{3}}, new double[] {1}, new double[] {5}, new double[] {4 - 1e-5})));
            Matrix y = network.forward(Matrix.of(Precision.FLOAT64, new double[][] {{7}, {5}}));
            assertThat(y.get(0, 0)).isEqualTo(3.0 * (7 - 5) / 2 + 1);
            assertThat(y.get(1, 0)).isEqualTo(1.0);
            assertThat(network.weights().getFirst().runningMean()).containsExactly(5);
        }
    }

    @Test
    void aNetworkLoadedFromItsOwnWeightsIsTheSame() {
        NetworkSpec spec = new NetworkSpec(
                4,
                List.of(
                        dense(5, IDENTITY),
                        normalization(TANH),
                        new LayerSpec.Dropout(0.5),
                        new LayerSpec.Residual(List.of(dense(5, TANH)), IDENTITY),
                        dense(2, IDENTITY)));
        try (Network first = Network.create(spec, Precision.FLOAT64, 8, 1);
                Network second = Network.create(spec, Precision.FLOAT64, 8, 1)) {
            NumpyRandom random = new NumpyRandom(3);
            first.initialize(random);
            String before = first.digest();
            first.forwardTraining(random(8, 4, random), random);
            assertThat(first.digest())
                    .as("running statistics are part of the digest")
                    .isNotEqualTo(before);
            second.load(first.weights());
            assertThat(second.digest()).isEqualTo(first.digest());
            assertThat(first.weights()).hasSize(6);
            assertThat(spec.storedNumbers() - spec.parameters()).isEqualTo(10);
        }
    }

    @Test
    void impossibleNetworksAreRefusedWhereTheyGoWrong() {
        List<Refusal> refusals = new ArrayList<>();
        refusals.add(new Refusal(
                "/layers/1/layers",
                List.of(
                        dense(5, TANH),
                        new LayerSpec.Residual(List.of(dense(4, TANH)), IDENTITY),
                        dense(1, IDENTITY))));
        refusals.add(new Refusal("/layers/1", List.of(dense(5, TANH), new LayerSpec.Dropout(0.5))));
        refusals.add(new Refusal(
                "/layers/0/layers/0/activation",
                List.of(new LayerSpec.Residual(List.of(dense(4, new Activation.Softmax())), IDENTITY))));
        for (Refusal refusal : refusals) {
            assertThatThrownBy(() -> new NetworkSpec(4, refusal.layers))
                    .isInstanceOfSatisfying(
                            InvalidSpec.class,
                            invalid -> assertThat(invalid.pointer()).isEqualTo(refusal.pointer));
        }
        assertThatThrownBy(() -> new LayerSpec.Residual(List.of(), IDENTITY)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new LayerSpec.Dropout(1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new LayerSpec.BatchNormalization(0, 1e-5, IDENTITY))
                .isInstanceOf(InvalidSpec.class);
    }

    private record Refusal(String pointer, List<LayerSpec> layers) {}

    @Test
    void normalizationAfterDropoutIsWarnedOf() {
        NetworkSpec after = new NetworkSpec(
                4, List.of(new LayerSpec.Dropout(0.5), dense(5, IDENTITY), normalization(TANH), dense(1, IDENTITY)));
        NetworkSpec before = new NetworkSpec(
                4, List.of(dense(5, IDENTITY), normalization(TANH), new LayerSpec.Dropout(0.5), dense(1, IDENTITY)));
        assertThat(NetworkWarning.of(after)).extracting(NetworkWarning::pointer).containsExactly("/layers/2");
        assertThat(NetworkWarning.of(before)).isEmpty();
    }
}
