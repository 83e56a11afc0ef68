package dev.descent.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.NumpyRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The products against their definition: one chain of fused multiply-adds an element, the inner index ascending.
class ProductsTest {

    private static final int[] SIZES = {1, 2, 3, 4, 5, 9, 33, 130};

    private interface Operand {
        double at(int row, int column);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "3, true", "3, false"})
    void everyElementIsItsChainToTheLastBit(int threads, boolean vectors) {
        NumpyRandom random = new NumpyRandom(threads);
        int checked = 0;
        try (Team team = Team.of(threads)) {
            for (Precision precision : Precision.values()) {
                Products products = Products.of(precision, team, vectors);
                for (int n : SIZES) {
                    for (int in : SIZES) {
                        for (int out : SIZES) {
                            Matrix x = random(precision, n, in, random);
                            Matrix w = random(precision, out, in, random);
                            Matrix d = random(precision, n, out, random);
                            Matrix z = random(precision, n, out, random);
                            Matrix y = random(precision, n, in, random);
                            Matrix g = random(precision, out, in, random);
                            products.multiplyTransposed(x, w, z);
                            products.multiply(d, w, y);
                            products.transposedMultiply(d, x, g);
                            assertChain(z, x::get, (k, j) -> w.get(j, k), in);
                            assertChain(y, d::get, w::get, out);
                            assertChain(g, (i, k) -> d.get(k, i), x::get, n);
                            checked++;
                        }
                    }
                }
            }
        }
        assertThat(checked).isEqualTo(2 * SIZES.length * SIZES.length * SIZES.length);
    }

    @Test
    void widthsPastOneBlockAreTheirChainsToo() {
        NumpyRandom random = new NumpyRandom(9);
        try (Team team = Team.of(2)) {
            for (Precision precision : Precision.values()) {
                Matrix x = random(precision, 5, 200, random);
                Matrix w = random(precision, 2100, 200, random);
                Matrix z = random(precision, 5, 2100, random);
                Products.of(precision, team).multiplyTransposed(x, w, z);
                assertChain(z, x::get, (k, j) -> w.get(j, k), 200);
            }
        }
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Matrix x = Matrix.create(Precision.FLOAT64, 2, 3);
        Matrix w = Matrix.create(Precision.FLOAT64, 4, 5);
        Matrix z = Matrix.create(Precision.FLOAT64, 2, 4);
        try (Team team = Team.of(1)) {
            assertThatThrownBy(() -> Products.of(Precision.FLOAT64, team).multiplyTransposed(x, w, z))
                    .hasMessage("shapes do not fit: (2 x 3), (4 x 5) -> (2 x 4)");
        }
    }

    @Test
    void aFailureInAnyThreadOfTheTeamIsThrownToTheCaller() {
        try (Team team = Team.of(3)) {
            for (int round = 0; round < 50; round++) {
                assertThatThrownBy(() -> team.run((index, parts) -> {
                            if (index == parts - 1) {
                                throw new ArithmeticException("part " + index);
                            }
                        }))
                        .hasRootCauseMessage("part 2");
            }
        }
    }

    private static void assertChain(Matrix result, Operand left, Operand right, int inner) {
        for (int i = 0; i < result.rows(); i++) {
            for (int j = 0; j < result.columns(); j++) {
                double expected = result.precision() == Precision.FLOAT64
                        ? chain64(i, j, left, right, inner)
                        : chain32(i, j, left, right, inner);
                if (Double.doubleToRawLongBits(result.get(i, j)) != Double.doubleToRawLongBits(expected)) {
                    throw new AssertionError("[" + i + "][" + j + "]: " + result.get(i, j) + ", expected " + expected);
                }
            }
        }
    }

    private static double chain64(int i, int j, Operand left, Operand right, int inner) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(left.at(i, k), right.at(k, j), sum);
        }
        return sum;
    }

    private static double chain32(int i, int j, Operand left, Operand right, int inner) {
        float sum = 0;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma((float) left.at(i, k), (float) right.at(k, j), sum);
        }
        return sum;
    }

    private static Matrix random(Precision precision, int rows, int columns, NumpyRandom random) {
        Layout layout = Layout.values()[random.randint(2)];
        Matrix matrix = Matrix.create(precision, rows, columns, layout);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.randn());
            }
        }
        return matrix;
    }
}
