package dev.descent.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.DropoutLayer;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.Layer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Mistakes on the way back through dropout, batch normalisation, residual blocks and a softmax output,
/// told from the gradients of the first layer alone, whose delta a test works out for itself.
class OtherLayersTest {

    private static final int TRIALS = 300;
    private static final int ROWS = 6;
    private static final Initializer NORMAL = new Initializer.Normal(0, 0.7);
    private static final Loss LOSS = new Loss.SquaredError(Reduction.MEAN, 1);

    @Test
    void aMissingMaskIsFound() {
        LayerSpec dropout = new LayerSpec.Dropout(0.4);
        assertFound(Mistake.MISSING_MASK, dropout, network -> gradientOf(network, 1));
    }

    @Test
    void statisticsTakenForConstantsAreFound() {
        LayerSpec normalization = new LayerSpec.BatchNormalization(0.1, 1e-5, new Activation.Identity());
        assertFound(Mistake.CONSTANT_STATISTICS, normalization, network -> {
            Layer layer = network.layers().get(1);
            double[][] x = layer.input().toRows();
            double[][] gradient = gradientOf(network, 1);
            for (int j = 0; j < x[0].length; j++) {
                double mean = 0;
                double squares = 0;
                for (double[] row : x) {
                    mean += row[j] / ROWS;
                    squares += row[j] * row[j] / ROWS;
                }
                for (double[] row : gradient) {
                    row[j] /= Math.sqrt(squares - mean * mean + 1e-5);
                }
            }
            return gradient;
        });
    }

    @Test
    void aMissingPathAroundABlockIsFound() {
        LayerSpec inside = new LayerSpec.Dense(4, new Activation.Tanh(), true, NORMAL, NORMAL);
        LayerSpec block = new LayerSpec.Residual(List.of(inside), new Activation.Identity());
        assertFound(
                Mistake.MISSING_SKIP,
                block,
                network -> product(
                        network.layers().get(1).delta().toRows(),
                        Objects.requireNonNull(network.layers().get(1).weights())
                                .value()
                                .toRows()));
    }

    @Test
    void aRightPassThroughAnyOfThemIsRight() {
        NumpyRandom random = new NumpyRandom(3);
        LayerSpec inside = new LayerSpec.Dense(4, new Activation.Relu(), true, NORMAL, NORMAL);
        List<LayerSpec> kinds = List.of(
                new LayerSpec.Dropout(0.3),
                new LayerSpec.BatchNormalization(0.1, 1e-5, new Activation.Sigmoid()),
                new LayerSpec.Residual(
                        List.of(inside, new LayerSpec.Residual(List.of(inside), new Activation.Tanh())),
                        new Activation.Relu()));
        int judged = 0;
        for (int t = 0; t < 3 * TRIALS; t++) {
            Pass pass = Pass.draw(kinds.get(t % 3), new Activation.Identity(), random);
            try (Network network = pass.network;
                    Network single = pass.single()) {
                for (Network computed : List.of(network, single)) {
                    for (Judgement judgement : Diagnosis.of(network, LOSS, pass.targets, answersOf(computed), null)
                            .judgements()) {
                        assertThat(judgement.verdict()).as("%s", judgement).isEqualTo(Verdict.RIGHT);
                        judged++;
                    }
                }
            }
        }
        assertThat(judged).isGreaterThan(3 * TRIALS * 2 * 10);
    }

    @Test
    void onlyTheDiagonalOfASoftmaxIsFound() {
        NumpyRandom random = new NumpyRandom(4);
        int found = 0;
        for (int t = 0; t < TRIALS; t++) {
            Pass pass = Pass.draw(new LayerSpec.Dropout(0), new Activation.Softmax(), random);
            try (Network network = pass.network) {
                Layer output = network.layers().getLast();
                double[][] a = output.activation().toRows();
                double[][] delta = new double[ROWS][a[0].length];
                for (int i = 0; i < ROWS; i++) {
                    for (int j = 0; j < delta[i].length; j++) {
                        double slope = 2 * (a[i][j] - pass.targets[i][j]) / (ROWS * delta[i].length);
                        delta[i][j] = slope * a[i][j] * (1 - a[i][j]);
                    }
                }
                double[][] dw = outer(delta, output.input().toRows());
                found += names(pass, network.layers().size() - 1, dw).equals(List.of(Mistake.SOFTMAX_DIAGONAL)) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(TRIALS * 99 / 100);
    }

    /// `wrong` makes the gradient of the first layer's output; its dW is all that is sent.
    private static void assertFound(Mistake mistake, LayerSpec middle, Function<Network, double[][]> wrong) {
        NumpyRandom random = new NumpyRandom(mistake.ordinal());
        int found = 0;
        for (int t = 0; t < TRIALS; t++) {
            Pass pass = Pass.draw(middle, new Activation.Identity(), random);
            try (Network network = pass.network) {
                if (network.layers().get(1) instanceof DropoutLayer dropout
                        && isConstant(Objects.requireNonNull(dropout.mask()).toRows())) {
                    t--;
                    continue;
                }
                double[][] delta = wrong.apply(network);
                double[][] a = network.layers().getFirst().activation().toRows();
                for (int i = 0; i < ROWS; i++) {
                    for (int u = 0; u < a[i].length; u++) {
                        delta[i][u] *= 1 - a[i][u] * a[i][u];
                    }
                }
                double[][] dw = outer(delta, network.layers().getFirst().input().toRows());
                found += names(pass, 0, dw).equals(List.of(mistake)) ? 1 : 0;
            }
        }
        assertThat(found).as("of %s", TRIALS).isGreaterThanOrEqualTo(TRIALS * 99 / 100);
    }

    private static boolean isConstant(double[][] mask) {
        return java.util.Arrays.stream(mask)
                        .flatMapToDouble(java.util.Arrays::stream)
                        .distinct()
                        .count()
                == 1;
    }

    private static List<Mistake> names(Pass pass, int layer, double[][] dw) {
        List<Answers.Layer> layers = new ArrayList<>();
        for (int l = 0; l < pass.network.layers().size(); l++) {
            layers.add(new Answers.Layer(null, null, null, l == layer ? dw : null, null, null));
        }
        Diagnosis diagnosis = Diagnosis.of(pass.network, LOSS, pass.targets, new Answers(null, layers), null);
        return diagnosis.stories().isEmpty()
                ? List.of()
                : diagnosis.stories().getFirst().stream().map(Made::mistake).toList();
    }

    /// dJ/d(output) of `layer`: what comes down from the dense layer after.
    private static double[][] gradientOf(Network network, int layer) {
        Layer after = network.layers().get(layer + 1);
        return product(
                after.delta().toRows(),
                Objects.requireNonNull(after.weights()).value().toRows());
    }

    private static double[][] product(double[][] delta, double[][] w) {
        double[][] product = new double[delta.length][w[0].length];
        for (int i = 0; i < delta.length; i++) {
            for (int k = 0; k < w[0].length; k++) {
                for (int u = 0; u < w.length; u++) {
                    product[i][k] += delta[i][u] * w[u][k];
                }
            }
        }
        return product;
    }

    private static double[][] outer(double[][] delta, double[][] x) {
        double[][] dw = new double[delta[0].length][x[0].length];
        for (int i = 0; i < delta.length; i++) {
            for (int u = 0; u < dw.length; u++) {
                for (int k = 0; k < dw[u].length; k++) {
                    dw[u][k] += delta[i][u] * x[i][k];
                }
            }
        }
        return dw;
    }

    private static Answers answersOf(Network network) {
        return new Answers(
                null,
                network.layers().stream()
                        .map(layer -> new Answers.Layer(
                                layer.preActivation().toRows(),
                                layer.activation().toRows(),
                                layer.delta().toRows(),
                                layer.weights() == null
                                        ? null
                                        : layer.weights().gradient().toRows(),
                                layer.biases() == null
                                        ? null
                                        : layer.biases().gradient().toRows(),
                                network.inputGradient(layer).toRows()))
                        .toList());
    }

    /// 3 - 4 tanh - `middle` - 3, after a pass forward and back.
    private record Pass(Network network, double[][] inputs, double[][] targets) {

        static Pass draw(LayerSpec middle, Activation output, NumpyRandom random) {
            NetworkSpec spec = new NetworkSpec(
                    3,
                    List.of(
                            new LayerSpec.Dense(4, new Activation.Tanh(), true, NORMAL, NORMAL),
                            middle,
                            new LayerSpec.Dense(3, output, true, NORMAL, NORMAL)));
            Network network = Network.create(spec, Precision.FLOAT64, ROWS, 1);
            network.initialize(random);
            double[][] inputs = Task.normal(ROWS, 3, 1, random);
            double[][] targets = Task.normal(ROWS, 3, 1, random);
            Pass pass = new Pass(network, inputs, targets);
            pass.run(network, new NumpyRandom(5));
            return pass;
        }

        private void run(Network network, NumpyRandom masks) {
            Matrix output = network.forwardTraining(Matrix.of(network.precision(), inputs), masks);
            new Objective(LOSS, network.precision())
                    .evaluate(output, Matrix.of(network.precision(), targets), null, network.outputGradient());
            network.backward();
        }

        /// The same pass in binary32.
        Network single() {
            Network single = Network.create(network.spec(), Precision.FLOAT32, ROWS, 1);
            single.load(network.weights());
            run(single, new NumpyRandom(5));
            return single;
        }
    }
}
