package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.Formula;
import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Values and slopes against PyTorch's, against central differences, and at the ends of the number line.
class ActivationsTest {

    private static final Activation LEGENDRE = new Activation.Polynomial(List.of(0.0, -1.5, 0.0, 2.5));

    /// By the names of the reference.
    private static final Map<String, Activation> REFERENCE = Map.ofEntries(
            Map.entry("identity", new Activation.Identity()),
            Map.entry("relu", new Activation.Relu()),
            Map.entry("leaky_relu(0.01)", new Activation.LeakyRelu(0.01)),
            Map.entry("relu6", new Activation.Relu6()),
            Map.entry("elu(1.0)", new Activation.Elu(1)),
            Map.entry("selu", new Activation.Selu()),
            Map.entry("sigmoid", new Activation.Sigmoid()),
            Map.entry("hard_sigmoid", new Activation.HardSigmoid()),
            Map.entry("tanh", new Activation.Tanh()),
            Map.entry("softplus", new Activation.Softplus()),
            Map.entry("softsign", new Activation.Softsign()),
            Map.entry("gelu(erf)", new Activation.Gelu()),
            Map.entry("gelu(tanh)", new Activation.GeluTanh()),
            Map.entry("swish", new Activation.Swish()),
            Map.entry("mish", new Activation.Mish()),
            Map.entry("sine", new Activation.Sine()),
            Map.entry("legendre3", LEGENDRE));

    @ParameterizedTest
    @MethodSource("references")
    void valuesAndSlopesArePyTorchs(String name, Precision precision) {
        JsonNode golden = Golden.read("activations.json");
        JsonNode expected = golden.get("activations").get(name);
        double[] z = Golden.vector(golden.get("z"));
        Activation activation = REFERENCE.get(name);
        double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-5;
        // Both gelus multiply z with 1 + erf or 1 + tanh in PyTorch, whose absolute error is an ulp of 1, and both our
        // slopes
        // 1 - a and 1 - a^2 and PyTorch's carry the rounding of a where it is near 1: so errors of an ulp or two of 1,
        // times z.
        double floor = precision == Precision.FLOAT64 ? 1e-6 : 0.05;
        double[] a = values(activation, precision, z);
        double[] slopes = slopes(activation, precision, z);
        for (int j = 0; j < z.length; j++) {
            String what = name + " at " + z[j];
            boolean cancels = name.startsWith("gelu");
            Golden.assertClose(
                    what, a[j], expected.get("value").get(j).doubleValue(), tolerance, cancels ? floor * 10 : 1e-30);
            // PyTorch keeps hard sigmoid's slope of 1/6 as a binary32 number
            double slopeTolerance = name.equals("hard_sigmoid") ? Math.max(tolerance, 3e-8) : tolerance;
            Golden.assertClose(
                    "slope of " + what,
                    slopes[j],
                    expected.get("derivative").get(j).doubleValue(),
                    slopeTolerance,
                    floor);
        }
    }

    static Stream<Arguments> references() {
        return REFERENCE.keySet().stream()
                .flatMap(name -> Stream.of(Precision.values()).map(precision -> Arguments.of(name, precision)));
    }

    @Test
    void eachActivationStandsInTheReferenceOrIsSoftmax() {
        List<String> names = new ArrayList<>(
                Golden.read("activations.json").get("activations").propertyNames());
        assertThat(REFERENCE.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(REFERENCE.values().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(EveryActivation.ELEMENTWISE.stream()
                        .<Class<?>>map(Object::getClass)
                        .toList());
        assertThat(EveryActivation.LIST.stream().<Class<?>>map(Object::getClass))
                .containsExactly(Activation.class.getPermittedSubclasses());
    }

    @Test
    void eachActivationSaysItsFormula() {
        for (Class<?> kind : Activation.class.getPermittedSubclasses()) {
            assertThat(kind.getAnnotation(Formula.class))
                    .as(kind.getSimpleName())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.descent.core.nn.EveryActivation#ELEMENTWISE")
    void slopesAreThoseOfCentralDifferences(Activation activation) {
        double h = 1e-5;
        int points = 0;
        for (double z = -8.003; z < 8; z += 0.01) {
            double[] a = values(activation, Precision.FLOAT64, z + h, z - h);
            double difference = (a[0] - a[1]) / ((z + h) - (z - h));
            double slope = slopes(activation, Precision.FLOAT64, z)[0];
            Golden.assertClose(activation + " at " + z, slope, difference, 1e-8, 1);
            points++;
        }
        assertThat(points).isGreaterThan(1600);
    }

    /// The first argument's slope is taken, as PyTorch takes it, from the flatter or the left side.
    @Test
    void kinksHavePyTorchsSlopes() {
        assertThat(slopes(new Activation.Relu(), Precision.FLOAT64, 0)).containsExactly(0);
        assertThat(slopes(new Activation.LeakyRelu(0.01), Precision.FLOAT64, 0)).containsExactly(0.01);
        assertThat(slopes(new Activation.Relu6(), Precision.FLOAT64, 0, 6)).containsExactly(0, 0);
        assertThat(slopes(new Activation.HardSigmoid(), Precision.FLOAT64, -3, 3))
                .containsExactly(0, 0);
        assertThat(slopes(new Activation.Elu(2), Precision.FLOAT64, 0)).containsExactly(2);
        assertThat(slopes(new Activation.Selu(), Precision.FLOAT64, 0)[0])
                .isEqualTo(1.0507009873554805 * 1.6732632423543772);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotANumberStaysNotANumber(Precision precision) {
        for (Activation activation : EveryActivation.LIST) {
            assertThat(values(activation, precision, Double.NaN, 1)[0])
                    .as(activation.toString())
                    .isNaN();
        }
    }

    @ParameterizedTest
    @EnumSource
    void atAnInfinityThereIsTheLimit(Precision precision) {
        double inf = Double.POSITIVE_INFINITY;
        limits(precision, new Activation.Identity(), -inf, inf, 1, 1);
        limits(precision, new Activation.Relu(), 0, inf, 0, 1);
        limits(precision, new Activation.LeakyRelu(0.5), -inf, inf, 0.5, 1);
        limits(precision, new Activation.Relu6(), 0, 6, 0, 0);
        limits(precision, new Activation.Elu(2), -2, inf, 0, 1);
        limits(precision, new Activation.Sigmoid(), 0, 1, 0, 0);
        limits(precision, new Activation.HardSigmoid(), 0, 1, 0, 0);
        limits(precision, new Activation.Tanh(), -1, 1, 0, 0);
        limits(precision, new Activation.Softplus(), 0, inf, 0, 1);
        limits(precision, new Activation.Softsign(), -1, 1, 0, 0);
        limits(precision, new Activation.Gelu(), 0, inf, 0, 1);
        limits(precision, new Activation.GeluTanh(), 0, inf, 0, 1);
        limits(precision, new Activation.Swish(), 0, inf, 0, 1);
        limits(precision, new Activation.Mish(), 0, inf, 0, 1);
        limits(precision, LEGENDRE, -inf, inf, inf, inf);
        assertThat(values(new Activation.Sine(), precision, -inf, inf)).containsOnly(Double.NaN);
    }

    /// Also at the largest numbers there are.
    private static void limits(
            Precision precision, Activation g, double low, double high, double slopeLow, double slopeHigh) {
        double inf = Double.POSITIVE_INFINITY;
        // plus 0, so that -0 is 0
        double[] a =
                Arrays.stream(values(g, precision, -inf, inf)).map(x -> x + 0.0).toArray();
        double[] slopes =
                Arrays.stream(slopes(g, precision, -inf, inf)).map(x -> x + 0.0).toArray();
        assertThat(a).as(g.toString()).containsExactly(low, high);
        assertThat(slopes).as("slope of " + g).containsExactly(slopeLow, slopeHigh);
        double largest = precision == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
        double[] ends = {-largest, -largest / 2, -1e30, -1e10, -1e4, 1e4, 1e10, 1e30, largest / 2, largest};
        assertThat(values(g, precision, ends)).as(g.toString()).doesNotContain(Double.NaN);
        assertThat(slopes(g, precision, ends)).as("slope of " + g).doesNotContain(Double.NaN);
    }

    /// More than a block, by rows and by columns, one row at a time, into the same matrix.
    @ParameterizedTest
    @EnumSource
    void neitherSizeNorLayoutNorPlaceChangesABit(Precision precision) {
        NumpyRandom random = new NumpyRandom(8);
        int rows = 61;
        int columns = 11;
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) {
            Arrays.setAll(row, j -> random.normal(0, 4));
        }
        for (Activation g : EveryActivation.LIST) {
            double[][] expected = new double[rows][];
            double[][] slopes = new double[rows][];
            for (int i = 0; i < rows; i++) {
                expected[i] = values(g, precision, numbers[i]);
                slopes[i] = slopes(g, precision, numbers[i]);
            }
            for (Layout layout : Layout.values()) {
                Activations kernels = Activations.of(precision);
                Matrix z = filled(precision, layout, numbers);
                Matrix a = Matrix.create(precision, rows, columns, layout);
                Matrix delta = Matrix.create(precision, rows, columns, layout);
                fill(delta, 1);
                kernels.forward(g, z, a);
                kernels.backward(g, z, a, delta);
                assertThat(a.toRows()).as("%s %s", g, layout).isDeepEqualTo(expected);
                assertThat(delta.toRows()).as("slope of %s %s", g, layout).isDeepEqualTo(slopes);
                kernels.forward(g, z, z);
                assertThat(z.toRows()).as("%s %s in place", g, layout).isDeepEqualTo(expected);
            }
        }
    }

    @Test
    void polynomialWantsAnHonestDegree() {
        assertRefused("/coefficients", List.of());
        assertRefused("/coefficients", List.of(1.0));
        assertRefused("/coefficients", Collections.nCopies(34, 1.0));
        assertRefused("/coefficients/2", List.of(1.0, 2.0, 0.0));
        assertRefused("/coefficients/1", List.of(1.0, Double.NaN));
        double[] z = {-2, 0.5, 3};
        Activation highest = new Activation.Polynomial(Collections.nCopies(33, 1.0));
        assertThat(values(highest, Precision.FLOAT64, z)[1]).isEqualTo(2 - StrictMath.scalb(1.0, -32));
    }

    private static void assertRefused(String pointer, List<Double> coefficients) {
        assertThatThrownBy(() -> new Activation.Polynomial(coefficients))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        refused -> assertThat(refused.pointer()).isEqualTo(pointer));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void slopeAndAlphaArePositive(double value) {
        assertThatThrownBy(() -> new Activation.LeakyRelu(value)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Activation.Elu(value)).isInstanceOf(InvalidSpec.class);
    }

    private static double[] values(Activation g, Precision precision, double... z) {
        Matrix a = Matrix.create(precision, 1, z.length);
        Activations.of(precision).forward(g, Matrix.of(precision, new double[][] {z}), a);
        return a.toRows()[0];
    }

    private static double[] slopes(Activation g, Precision precision, double... z) {
        Matrix in = Matrix.of(precision, new double[][] {z});
        Matrix a = Matrix.create(precision, 1, z.length);
        Matrix delta = Matrix.create(precision, 1, z.length);
        fill(delta, 1);
        Activations.of(precision).forward(g, in, a);
        Activations.of(precision).backward(g, in, a, delta);
        return delta.toRows()[0];
    }

    private static Matrix filled(Precision precision, Layout layout, double[][] numbers) {
        Matrix matrix = Matrix.create(precision, numbers.length, numbers[0].length, layout);
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < numbers[i].length; j++) {
                matrix.set(i, j, numbers[i][j]);
            }
        }
        return matrix;
    }

    private static void fill(Matrix matrix, double value) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, value);
            }
        }
    }
}
