package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every activation with every loss, as hidden and as output activation, against central differences.
class CentralDifferencesTest {

    private static final List<Activation> ACTIVATIONS = EveryActivation.LIST;
    private static final int HIDDEN = ACTIVATIONS.size() - 1; // softmax, the last, may only be an output
    private static final int ROWS = 7;
    private static final Initializer NORMAL = new Initializer.Normal(0, 0.7);

    @Test
    void everyActivationWithEveryLossPasses() {
        int checked = 0;
        for (Reduction reduction : Reduction.values()) {
            for (Loss loss : LossSamples.all(reduction)) {
                for (Activation hidden : ACTIVATIONS.subList(0, HIDDEN)) {
                    for (Activation output : ACTIVATIONS) {
                        for (boolean bias : new boolean[] {true, false}) {
                            NetworkSpec spec = spec(hidden, output, bias);
                            if (!loss.accepts(output)) {
                                continue;
                            }
                            GradientCheck check = check(spec, loss, false);
                            assertThat(check.largestRelativeError())
                                    .as("%s, %s, %s, bias %s", loss, hidden, output, bias)
                                    .isLessThan(1e-6);
                            checked++;
                        }
                    }
                }
            }
        }
        // 3 losses of differences with all activations of the output, the 8 others with 1; 2 reductions,
        // with and without biases
        assertThat(checked).isEqualTo((3 * ACTIVATIONS.size() + 8) * HIDDEN * 2 * 2);
        assertThat(ACTIVATIONS).hasSize(Activation.class.getPermittedSubclasses().length);
    }

    @Test
    void everyActivationWithEveryLossPassesThroughEveryKindOfLayer() {
        int checked = 0;
        for (Activation g : ACTIVATIONS.subList(0, HIDDEN)) {
            LayerSpec inside = new LayerSpec.Dense(6, g, true, NORMAL, NORMAL);
            List<LayerSpec> kinds = List.of(
                    new LayerSpec.Dropout(0.3),
                    new LayerSpec.BatchNormalization(0.1, 1e-5, g),
                    new LayerSpec.Residual(List.of(inside), g));
            assertThat(kinds).as("all but dense").hasSize(LayerSpec.class.getPermittedSubclasses().length - 1);
            for (LayerSpec kind : kinds) {
                for (Loss loss : LossSamples.all(Reduction.MEAN)) {
                    LayerSpec output =
                            new LayerSpec.Dense(LossSamples.OUTPUTS, new Activation.Identity(), true, NORMAL, NORMAL);
                    NetworkSpec spec = new NetworkSpec(4, List.of(inside, kind, output));
                    GradientCheck check = check(spec, loss, false);
                    assertThat(check.largestRelativeError())
                            .as("%s, %s, %s", loss, g, kind)
                            .isLessThan(1e-6);
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(HIDDEN * 3 * (3 + 8));
    }

    @Test
    void aWrongGradientIsSeen() {
        GradientCheck check = check(
                spec(new Activation.Tanh(), new Activation.Identity(), true),
                new Loss.SquaredError(Reduction.MEAN, 1),
                true);
        assertThat(check.largestRelativeError()).isGreaterThan(1e-4);
        assertThat(check.layer()).isEqualTo(1);
        assertThat(check.row()).isNull();
        assertThat(check.column()).isEqualTo(2);
    }

    private static NetworkSpec spec(Activation hidden, Activation output, boolean bias) {
        return new NetworkSpec(
                4,
                List.of(
                        new LayerSpec.Dense(6, hidden, bias, NORMAL, NORMAL),
                        new LayerSpec.Dense(5, hidden, bias, NORMAL, NORMAL),
                        new LayerSpec.Dense(LossSamples.OUTPUTS, output, bias, NORMAL, NORMAL)));
    }

    private static GradientCheck check(NetworkSpec spec, Loss loss, boolean spoilt) {
        NumpyRandom random = new NumpyRandom(42);
        try (Network network = Network.create(spec, Precision.FLOAT64, ROWS, 1)) {
            network.initialize(random);
            Matrix inputs = Matrix.create(Precision.FLOAT64, ROWS, 4);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < 4; j++) {
                    inputs.set(i, j, random.randn());
                }
            }
            Matrix targets = Matrix.of(Precision.FLOAT64, LossSamples.targets(loss, ROWS, random));
            Objective objective = new Objective(loss, Precision.FLOAT64);
            objective.evaluate(network.forwardTraining(inputs, random), targets, null, network.outputGradient());
            network.backward();
            if (spoilt) {
                Matrix gradient = network.layers().get(1).biases().gradient();
                gradient.set(0, 2, gradient.get(0, 2) * 1.001);
            }
            return GradientCheck.of(network, objective, inputs, targets);
        }
    }
}
