package dev.descent.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.NumpyRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Stretches of every size and place have the bits of the scalar functions, and nothing beside them is touched.
class ElementwiseTest {

    private static final int LARGEST = 70;
    private static final int ROUNDS = 40;
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        -Double.MIN_NORMAL / 3,
        Float.MIN_VALUE,
        -Float.MIN_NORMAL / 3,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        709.78,
        709.79,
        -708.4,
        -745.1,
        -745.2,
        88.72,
        88.73,
        -87.3,
        -103.9,
        -104,
        22,
        -22,
        1e-20,
        -1e-20,
        0.34657359,
        -0.34657359,
        0.34657360,
        0.5,
        -0.5,
        0.49999999999999994,
        28,
        -39.6,
        65536,
        65536.01,
        0x1p30,
        0x1.0000000001p30,
        1e22
    };

    /// Those that want another array for their results.
    private static final Set<String> STAGED = Set.of("softplus", "normalCdf", "erf");

    interface Stretch64 {
        void apply(double[] x, int from, double[] y, int to, int size);
    }

    interface Stretch32 {
        void apply(float[] x, int from, float[] y, int to, int size);
    }

    record Kernel(
            String name,
            Stretch64 stretch64,
            DoubleUnaryOperator scalar64,
            Stretch32 stretch32,
            DoubleUnaryOperator scalar32) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final Kernel[] KERNELS = {
        new Kernel(
                "exp",
                Float64Elementwise::exp,
                Float64Functions::exp,
                Float32Elementwise::exp,
                x -> Float32Functions.exp((float) x)),
        new Kernel(
                "expm1",
                Float64Elementwise::expm1,
                Float64Functions::expm1,
                Float32Elementwise::expm1,
                x -> Float32Functions.expm1((float) x)),
        new Kernel(
                "softplus",
                Float64Elementwise::softplus,
                Float64Functions::softplus,
                Float32Elementwise::softplus,
                x -> Float32Functions.softplus((float) x)),
        new Kernel(
                "sigmoid",
                Float64Elementwise::sigmoid,
                Float64Functions::sigmoid,
                Float32Elementwise::sigmoid,
                x -> Float32Functions.sigmoid((float) x)),
        new Kernel(
                "tanh",
                Float64Elementwise::tanh,
                Float64Functions::tanh,
                Float32Elementwise::tanh,
                x -> Float32Functions.tanh((float) x)),
        new Kernel(
                "normalCdf",
                (x, from, y, to, size) -> Float64Elementwise.normalCdf(x, from, y, to, size, new double[LARGEST]),
                Float64Functions::normalCdf,
                (x, from, y, to, size) -> Float32Elementwise.normalCdf(x, from, y, to, size, new float[LARGEST]),
                x -> Float32Functions.normalCdf((float) x)),
        new Kernel(
                "sin",
                Float64Elementwise::sin,
                Float64Functions::sin,
                Float32Elementwise::sin,
                x -> Float32Functions.sin((float) x)),
        new Kernel(
                "cos",
                Float64Elementwise::cos,
                Float64Functions::cos,
                Float32Elementwise::cos,
                x -> Float32Functions.cos((float) x)),
        new Kernel(
                "erf",
                (x, from, y, to, size) -> Float64Elementwise.erf(x, from, y, to, size, new double[LARGEST]),
                Float64Functions::erf,
                (x, from, y, to, size) -> Float32Elementwise.erf(x, from, y, to, size, new float[LARGEST]),
                x -> Float32Functions.erf((float) x)),
        new Kernel(
                "clearUnlessPositive",
                (x, from, y, to, size) -> {
                    double[] source = x.clone();
                    Arrays.fill(y, to, to + size, 7);
                    Float64Elementwise.clearUnlessPositive(source, from, y, to, size);
                },
                x -> x > 0 ? 7 : 0,
                (x, from, y, to, size) -> {
                    float[] source = x.clone();
                    Arrays.fill(y, to, to + size, 7);
                    Float32Elementwise.clearUnlessPositive(source, from, y, to, size);
                },
                x -> x > 0 ? 7 : 0),
        new Kernel(
                "setWherePositive",
                (x, from, y, to, size) -> {
                    double[] source = x.clone();
                    Arrays.fill(y, to, to + size, 7);
                    Float64Elementwise.setWherePositive(source, from, 3, y, to, size);
                },
                x -> x > 0 ? 3 : 7,
                (x, from, y, to, size) -> {
                    float[] source = x.clone();
                    Arrays.fill(y, to, to + size, 7);
                    Float32Elementwise.setWherePositive(source, from, 3, y, to, size);
                },
                x -> x > 0 ? 3 : 7)
    };

    @ParameterizedTest
    @FieldSource("KERNELS")
    void stretchesHaveTheBitsOfScalars(Kernel kernel) {
        NumpyRandom random = new NumpyRandom(3);
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int size = 0; size <= LARGEST; size++) {
                int from = random.randint(9);
                int to = round % 4 == 0 ? from : random.randint(9);
                double[] x = numbers(size + 20, random);
                double[] y = round % 4 == 0 ? x.clone() : numbers(size + 20, random);
                float[] narrowX = narrow(x);
                float[] narrowY = narrow(y);
                double[] expected = y.clone();
                float[] narrowExpected = narrowY.clone();
                for (int i = 0; i < size; i++) {
                    expected[to + i] = kernel.scalar64.applyAsDouble(x[from + i]);
                    narrowExpected[to + i] = (float) kernel.scalar32.applyAsDouble(narrowX[from + i]);
                }
                boolean inPlace = round % 4 == 0 && !STAGED.contains(kernel.name);
                kernel.stretch64.apply(inPlace ? y : x, from, y, to, size);
                kernel.stretch32.apply(inPlace ? narrowY : narrowX, from, narrowY, to, size);
                assertThat(bits(y)).as("%s of %s", kernel, Arrays.toString(x)).isEqualTo(bits(expected));
                assertThat(bits(narrowY))
                        .as("%s of %s", kernel, Arrays.toString(x))
                        .isEqualTo(bits(narrowExpected));
                compared += size;
            }
        }
        assertThat(compared).isEqualTo(ROUNDS * LARGEST * (LARGEST + 1) / 2);
    }

    private static double[] numbers(int count, NumpyRandom random) {
        double[] numbers = new double[count];
        double spread = StrictMath.pow(10, random.randint(8) - 3);
        boolean special = random.randint(2) == 0;
        for (int i = 0; i < count; i++) {
            numbers[i] = special && random.randint(4) == 0
                    ? SPECIAL[random.randint(SPECIAL.length)]
                    : random.normal(0, spread);
        }
        return numbers;
    }

    private static float[] narrow(double[] x) {
        float[] narrow = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            narrow[i] = (float) x[i];
        }
        return narrow;
    }

    private static long[] bits(double[] x) {
        return Arrays.stream(x).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static int[] bits(float[] x) {
        int[] bits = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            bits[i] = Float.floatToIntBits(x[i]);
        }
        return bits;
    }
}
