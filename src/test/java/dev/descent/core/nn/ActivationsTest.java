package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Golden;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ActivationsTest {

    private static final Map<String, Activation> ELEMENTWISE = Map.of(
            "identity", new Activation.Identity(),
            "relu", new Activation.Relu(),
            "sigmoid", new Activation.Sigmoid(),
            "tanh", new Activation.Tanh());

    @ParameterizedTest
    @EnumSource
    void valuesAndSlopesArePyTorchs(Precision precision) {
        JsonNode golden = Golden.read("activations.json");
        double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-5;
        Matrix z = Matrix.of(precision, new double[][] {Golden.vector(golden.get("z"))});
        Activations kernels = Activations.of(precision);
        ELEMENTWISE.forEach((name, activation) -> {
            Matrix a = Matrix.create(precision, 1, z.columns());
            Matrix slope = Matrix.create(precision, 1, z.columns());
            for (int j = 0; j < z.columns(); j++) {
                slope.set(0, j, 1);
            }
            kernels.forward(activation, z, a);
            kernels.backward(activation, z, a, slope);
            JsonNode expected = golden.get("activations").get(name);
            for (int j = 0; j < z.columns(); j++) {
                String what = name + "(" + z.get(0, j) + ")";
                // a (1 - a) and 1 - a^2 carry the rounding of a number near 1 where the function saturates
                Golden.assertClose(
                        what, a.get(0, j), expected.get("value").get(j).doubleValue(), tolerance, 1e-30);
                Golden.assertClose(
                        what + "'",
                        slope.get(0, j),
                        expected.get("derivative").get(j).doubleValue(),
                        tolerance,
                        0.05);
            }
        });
    }

    @Test
    void eachActivationButSoftmaxStandsInTheReference() {
        assertThat(ELEMENTWISE).hasSize(Activation.class.getPermittedSubclasses().length - 1);
    }

    @Test
    void whatIsNotANumberStaysNotANumber() {
        Matrix z = Matrix.of(Precision.FLOAT64, new double[][] {{Double.NaN, 1}});
        Matrix a = Matrix.create(Precision.FLOAT64, 1, 2);
        for (Class<?> kind : Activation.class.getPermittedSubclasses()) {
            Activations.of(Precision.FLOAT64).forward(make(kind), z, a);
            assertThat(a.get(0, 0)).as(kind.getSimpleName()).isNaN();
        }
    }

    private static Activation make(Class<?> kind) {
        try {
            return (Activation) kind.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException unmade) {
            throw new AssertionError(unmade);
        }
    }
}
