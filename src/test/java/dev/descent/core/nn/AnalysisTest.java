package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnalysisTest {

    private static final Initializer GLOROT = new Initializer.GlorotUniform();
    private static final Activation RELU = new Activation.Relu();
    private static final Activation IDENTITY = new Activation.Identity();

    /// 6 inputs, layers of 3, 4 and 2 units; as printed in the lecture material.
    @Test
    void weightsOfTheLecturesNetworkAreCountedWithAndWithoutBiases() {
        Analysis analysis = Analysis.of(new NetworkSpec(
                6,
                List.of(dense(3, RELU, true, GLOROT), dense(4, RELU, true, GLOROT), dense(2, IDENTITY, true, GLOROT))));
        assertThat(analysis.weights()).isEqualTo(38);
        assertThat(analysis.parameters()).isEqualTo(47);
        assertThat(analysis.layers().get(1).weightShape()).containsExactly(4, 3);
        assertThat(analysis.layers().get(1).biasShape()).containsExactly(4);
    }

    @Test
    void firstLayerNeedsNoGradientOfItsInput() {
        Analysis analysis = Analysis.of(new NetworkSpec(
                6,
                List.of(dense(3, RELU, true, GLOROT), dense(4, RELU, true, GLOROT), dense(2, IDENTITY, true, GLOROT))));
        assertThat(analysis.multiplyAdds()).isEqualTo(new Analysis.MultiplyAdds(38, 38 + 12 + 8));
    }

    @Test
    void identityKeepsOneMatrixForBothItsSides() {
        Analysis analysis = Analysis.of(
                new NetworkSpec(2, List.of(dense(4, RELU, false, GLOROT), dense(1, IDENTITY, false, GLOROT))));
        assertThat(analysis.memory().float64()).isEqualTo(new Analysis.MemoryBytes(96, 96, (2 + 8 + 1) * 8, 5 * 8));
        assertThat(analysis.memory().float32()).isEqualTo(new Analysis.MemoryBytes(48, 48, (2 + 8 + 1) * 4, 5 * 4));
        assertThat(analysis.layers().getFirst().biasShape()).isEmpty();
    }

    static List<NetworkSpec> networksWithKnownSizes() {
        Initializer normal = new Initializer.Normal(0, 0.3);
        return List.of(
                new NetworkSpec(
                        20,
                        List.of(dense(30, RELU, false, new Initializer.HeNormal()), dense(10, RELU, false, GLOROT))),
                new NetworkSpec(
                        20,
                        List.of(
                                dense(30, IDENTITY, false, new Initializer.ScaledNormal()),
                                dense(10, RELU, true, new Initializer.HeUniform()))),
                new NetworkSpec(
                        20,
                        List.of(
                                new LayerSpec.Dense(30, RELU, true, new Initializer.Uniform(-0.5, 0.5), normal),
                                new LayerSpec.Dense(
                                        10,
                                        IDENTITY,
                                        true,
                                        new Initializer.GlorotNormal(),
                                        new Initializer.Constant(0.7)))),
                new NetworkSpec(20, List.of(dense(30, IDENTITY, true, new Initializer.Normal(0.4, 0.1)))));
    }

    /// 400 draws of the parameters, each on 50 standard normal rows: the means settle to a few percent.
    @ParameterizedTest
    @MethodSource("networksWithKnownSizes")
    void expectedSizesAreThoseOfManyDraws(NetworkSpec spec) {
        List<ExpectedSize> sizes = Analysis.of(spec).layers().stream()
                .map(Analysis.LayerAnalysis::expected)
                .toList();
        assertThat(sizes).extracting(ExpectedSize::reason).containsOnlyNulls();
        assertSizes(spec, sizes, 4);
    }

    private static void assertSizes(NetworkSpec spec, List<ExpectedSize> sizes, double percent) {
        double[] z = new double[sizes.size()];
        double[] zz = new double[sizes.size()];
        double[] aa = new double[sizes.size()];
        NumpyRandom random = new NumpyRandom(5);
        try (Network network = Network.create(spec, Precision.FLOAT64, 50, 1)) {
            for (int draw = 0; draw < 400; draw++) {
                network.initialize(random);
                Matrix x = Matrix.create(Precision.FLOAT64, 50, spec.inputs());
                new Initializer.Normal(0, 1).fill(x, 1, 1, random);
                network.forward(x);
                for (int l = 0; l < z.length; l++) {
                    Layer layer = network.layers().get(l);
                    double count = 400.0 * 50 * layer.place().units();
                    for (double[] row : layer.preActivation().toRows()) {
                        for (double value : row) {
                            z[l] += value / count;
                        }
                    }
                    zz[l] += layer.preActivation().squaredNorm() / count;
                    aa[l] += layer.activation().squaredNorm() / count;
                }
            }
        }
        for (int l = 0; l < z.length; l++) {
            ExpectedSize expected = sizes.get(l);
            assertThat(zz[l] - z[l] * z[l])
                    .isCloseTo(expected.preActivationVariance(), Percentage.withPercentage(percent));
            assertThat(aa[l]).isCloseTo(expected.activationMeanSquare(), Percentage.withPercentage(percent));
        }
    }

    static List<NetworkSpec> networksWithNearlyNormalValues() {
        return List.of(
                new NetworkSpec(
                        20,
                        List.of(
                                dense(30, new Activation.Tanh(), false, new Initializer.GlorotNormal()),
                                dense(10, new Activation.Sigmoid(), false, new Initializer.LecunNormal()))),
                new NetworkSpec(
                        20,
                        List.of(
                                new LayerSpec.Dense(
                                        30, RELU, true, new Initializer.Orthogonal(1.5), new Initializer.Constant(0.4)),
                                new LayerSpec.Dense(
                                        10,
                                        new Activation.Sigmoid(),
                                        true,
                                        new Initializer.TruncatedNormal(0, 0.2),
                                        new Initializer.Constant(-1)))));
    }

    @ParameterizedTest
    @MethodSource("networksWithNearlyNormalValues")
    void approximateSizesAreNearlyThoseOfManyDrawsAndSaySo(NetworkSpec spec) {
        List<ExpectedSize> sizes = Analysis.of(spec).layers().stream()
                .map(Analysis.LayerAnalysis::expected)
                .toList();
        assertThat(sizes).extracting(ExpectedSize::reason).containsOnly("approximate: assumes normal pre-activations");
        assertSizes(spec, sizes, 6);
    }

    @Test
    void sizesThatFollowApproximateOnesAreApproximateToo() {
        NetworkSpec spec = new NetworkSpec(
                3, List.of(dense(4, new Activation.Tanh(), true, GLOROT), dense(2, IDENTITY, true, GLOROT)));
        List<Analysis.LayerAnalysis> layers = Analysis.of(spec).layers();
        assertThat(layers.get(0).expected().preActivationVariance()).isEqualTo(3 * 2.0 / 7);
        assertThat(layers.get(1).expected().reason()).startsWith("approximate");
    }

    @Test
    void softmaxHasNoExpectedSize() {
        NetworkSpec spec = new NetworkSpec(3, List.of(dense(4, new Activation.Softmax(), true, GLOROT)));
        ExpectedSize expected = Analysis.of(spec).layers().getFirst().expected();
        assertThat(expected.preActivationVariance()).isEqualTo(3 * 2.0 / 7);
        assertThat(expected.activationMeanSquare()).isNull();
        assertThat(expected.reason()).contains("softmax");
    }

    @Test
    void sizesBeyondAllNumbersAreMissing() {
        NetworkSpec spec = new NetworkSpec(3, List.of(dense(4, RELU, true, new Initializer.Normal(0, 1e200))));
        ExpectedSize expected = Analysis.of(spec).layers().getFirst().expected();
        assertThat(expected.preActivationVariance()).isNull();
        assertThat(expected.reason()).contains("largest number");
    }

    /// For mean = deviation = 1, `E[relu(z)^2] = 2 Phi(1) + phi(1)`.
    @Test
    void meansOverANormalDistributionAreThoseOfClosedForms() {
        assertThat(NormalMean.ofSquare(RELU, 1, 1)).isCloseTo(1.9246602166562292, Offset.offset(1e-5));
        assertThat(NormalMean.ofSquare(RELU, 0, 3)).isCloseTo(1.5, Offset.offset(1e-5));
        assertThat(NormalMean.ofSquare(IDENTITY, 0.5, 2)).isCloseTo(2.25, Offset.offset(1e-13));
        assertThat(NormalMean.ofSquare(new Activation.Tanh(), 0, 1e12)).isCloseTo(1, Offset.offset(1e-2));
    }

    static List<NetworkSpec> startsThatLoseTheSignal() {
        return List.of(
                new NetworkSpec(784, List.of(dense(100, RELU, true, new Initializer.ScaledNormal()), outputs())),
                new NetworkSpec(
                        50,
                        List.of(
                                dense(50, new Activation.Tanh(), true, new Initializer.LecunNormal()),
                                dense(50, new Activation.Tanh(), true, new Initializer.Normal(0, 0.01)),
                                outputs())),
                deep(RELU, GLOROT, 9));
    }

    @ParameterizedTest
    @MethodSource("startsThatLoseTheSignal")
    void aHiddenLayerThatLosesTheSignalIsWarnedOfOnce(NetworkSpec spec) {
        assertThat(NetworkWarning.of(spec)).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("signal-vanishes");
            assertThat(warning.message()).contains("would keep it at 1");
        });
    }

    @Test
    void theWarningNamesTheLayerAndTheVarianceThatKeepsTheSignal() {
        NetworkSpec spec = new NetworkSpec(
                400,
                List.of(
                        dense(100, RELU, true, new Initializer.HeNormal()),
                        dense(100, RELU, true, new Initializer.Normal(0, 2)),
                        outputs()));
        assertThat(NetworkWarning.of(spec)).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("signal-explodes");
            assertThat(warning.pointer()).isEqualTo("/layers/1/weightInitializer");
            assertThat(warning.message()).contains("4.0e+02").contains("variance 0.010, where these have 4.0");
        });
    }

    static List<NetworkSpec> startsThatKeepTheSignal() {
        return List.of(
                deep(RELU, new Initializer.HeNormal(), 60),
                deep(new Activation.Tanh(), GLOROT, 20),
                deep(new Activation.Sigmoid(), new Initializer.LecunUniform(), 3),
                // small on purpose: the last layer starts near 0, a layer before a normalisation may start anyhow
                new NetworkSpec(4, List.of(dense(5, RELU, true, GLOROT), dense(2, IDENTITY, true, small()))),
                new NetworkSpec(
                        4,
                        List.of(
                                dense(5, IDENTITY, true, small()),
                                new LayerSpec.BatchNormalization(0.1, 1e-5, RELU),
                                outputs())));
    }

    @ParameterizedTest
    @MethodSource("startsThatKeepTheSignal")
    void aStartThatKeepsTheSignalIsNotWarnedOf(NetworkSpec spec) {
        assertThat(NetworkWarning.of(spec)).isEmpty();
    }

    private static Initializer small() {
        return new Initializer.Normal(0, 1e-3);
    }

    private static LayerSpec outputs() {
        return dense(2, IDENTITY, true, new Initializer.LecunNormal());
    }

    private static NetworkSpec deep(Activation activation, Initializer weights, int layers) {
        return new NetworkSpec(64, Collections.nCopies(layers, dense(64, activation, true, weights)));
    }

    static List<Initializer> constants() {
        return List.of(new Initializer.Zeros(), new Initializer.Constant(1), new Initializer.Normal(0.5, 0));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void hiddenUnitsThatStartEqualAreWarnedOf(Initializer constant) {
        NetworkSpec spec =
                new NetworkSpec(2, List.of(dense(4, RELU, true, constant), dense(1, IDENTITY, true, constant)));
        assertThat(NetworkWarning.of(spec)).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("symmetric-start");
            assertThat(warning.pointer()).isEqualTo("/layers/0/weightInitializer");
        });
    }

    @Test
    void singleUnitsMayStartAnyhow() {
        Initializer ones = new Initializer.Constant(1);
        NetworkSpec spec = new NetworkSpec(1, List.of(dense(1, RELU, true, ones), dense(3, IDENTITY, true, ones)));
        assertThat(NetworkWarning.of(spec)).isEmpty();
    }

    @Test
    void randomBiasesBreakTheSymmetry() {
        LayerSpec broken = new LayerSpec.Dense(4, RELU, true, new Initializer.Zeros(), new Initializer.Normal(0, 1));
        NetworkSpec spec = new NetworkSpec(1, List.of(broken, dense(1, IDENTITY, true, GLOROT)));
        assertThat(NetworkWarning.of(spec)).isEmpty();
    }

    @Test
    void softmaxOutputIsWarnedOf() {
        NetworkSpec spec = new NetworkSpec(2, List.of(dense(3, new Activation.Softmax(), true, GLOROT)));
        assertThat(NetworkWarning.of(spec))
                .singleElement()
                .satisfies(warning -> assertThat(warning.code()).isEqualTo("softmax-output"));
    }

    private static LayerSpec dense(int units, Activation activation, boolean bias, Initializer weights) {
        return new LayerSpec.Dense(units, activation, bias, weights, new Initializer.Zeros());
    }

    static List<NetworkSpec> networksWithGradients() {
        LayerSpec wide = dense(60, RELU, false, new Initializer.HeNormal());
        LayerSpec tanh = dense(60, new Activation.Tanh(), true, GLOROT);
        return List.of(
                new NetworkSpec(
                        60,
                        List.of(dense(40, IDENTITY, false, GLOROT), dense(60, IDENTITY, true, GLOROT), wideOutputs())),
                new NetworkSpec(60, List.of(wide, wide, wide, wideOutputs())),
                new NetworkSpec(60, List.of(tanh, tanh, wideOutputs())),
                new NetworkSpec(60, List.of(dense(60, new Activation.Sigmoid(), true, GLOROT), tanh, wideOutputs())),
                new NetworkSpec(60, List.of(tanh, new LayerSpec.Dropout(0.4), wide, wideOutputs())),
                new NetworkSpec(
                        60,
                        List.of(
                                dense(60, IDENTITY, true, GLOROT),
                                new LayerSpec.BatchNormalization(0.1, 1e-5, RELU),
                                wideOutputs())),
                new NetworkSpec(
                        60,
                        List.of(
                                dense(60, IDENTITY, false, GLOROT),
                                new LayerSpec.Residual(
                                        List.of(tanh, new LayerSpec.Residual(List.of(tanh), IDENTITY)), IDENTITY),
                                wideOutputs())));
    }

    /// 300 draws of the parameters, each on 40 standard normal rows with a normal delta at the end: within 12 %, as the
    /// way back is not quite independent of the way forward.
    @ParameterizedTest
    @MethodSource("networksWithGradients")
    void expectedGradientsAreThoseOfManyDraws(NetworkSpec spec) {
        int layers = spec.placedLayers().size();
        double[] deltas = new double[layers];
        double[] weights = new double[layers];
        NumpyRandom random = new NumpyRandom(6);
        try (Network network = Network.create(spec, Precision.FLOAT64, 40, 1)) {
            for (int draw = 0; draw < 300; draw++) {
                network.initialize(random);
                Matrix x = Matrix.create(Precision.FLOAT64, 40, spec.inputs());
                new Initializer.Normal(0, 1).fill(x, 1, 1, random);
                network.forwardTraining(x, random);
                new Initializer.Normal(0, 1).fill(network.outputGradient(), 1, 1, random);
                network.backward();
                for (int l = 0; l < layers; l++) {
                    Layer layer = network.layers().get(l);
                    deltas[l] += layer.delta().squaredNorm()
                            / (300.0 * 40 * layer.place().units());
                    Parameter parameter = layer.weights();
                    weights[l] += parameter == null
                            ? 0
                            : parameter.gradient().squaredNorm() / (300.0 * 40 * parameter.size());
                }
            }
        }
        List<Analysis.LayerAnalysis> analysed = Analysis.of(spec).layers();
        for (int l = 0; l < layers; l++) {
            ExpectedGradient expected = analysed.get(l).expectedGradient();
            assertThat(deltas[l])
                    .as("delta %s", l)
                    .isCloseTo(expected.deltaMeanSquare(), Percentage.withPercentage(12));
            if (expected.weightGradientMeanSquare() != null) {
                assertThat(weights[l])
                        .as("dW %s", l)
                        .isCloseTo(expected.weightGradientMeanSquare(), Percentage.withPercentage(12));
            }
        }
    }

    @Test
    void gradientsOfALinearNetworkAreExact() {
        NetworkSpec spec =
                new NetworkSpec(6, List.of(dense(3, IDENTITY, true, GLOROT), dense(5, IDENTITY, true, GLOROT)));
        ExpectedGradient first = Analysis.of(spec).layers().getFirst().expectedGradient();
        assertThat(first).isEqualTo(new ExpectedGradient(5 * 2.0 / 8, 5 * 2.0 / 8, null));
    }

    @Test
    void manySigmoidsLoseTheGradientThoughTheyKeepTheSignal() {
        NetworkSpec spec = deep(new Activation.Sigmoid(), new Initializer.LecunUniform(), 20);
        assertThat(NetworkWarning.of(spec)).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("gradient-vanishes");
            assertThat(warning.pointer()).isEqualTo("/layers/0/activation");
            assertThat(warning.documentation()).isEqualTo("docs/network-analysis.md#gradient-vanishes");
        });
    }

    @Test
    void rulesOfThumbSayWhetherTheyHold() {
        NetworkSpec spec = new NetworkSpec(9, List.of(dense(4, RELU, true, new Initializer.HeNormal()), outputs()));
        assertThat(RuleOfThumb.of(spec, 500L))
                .extracting(RuleOfThumb::code, RuleOfThumb::holds)
                .containsExactly(
                        tuple("rows-per-parameter", true), tuple("initializer", true), tuple("hidden-units", false));
        assertThat(RuleOfThumb.of(spec, 499L).getFirst().holds()).isFalse();
        assertThat(RuleOfThumb.of(spec, null).getFirst().holds()).isNull();
    }

    private static LayerSpec wideOutputs() {
        return dense(60, IDENTITY, true, new Initializer.LecunNormal());
    }
}
