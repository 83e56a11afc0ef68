package dev.descent.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.NumpyRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The products against their definition: one chain of fused multiply-adds an element, the inner index ascending.
class ProductsTest {

    private static final int[] SIZES = {1, 2, 3, 4, 5, 9, 33, 130};

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
                            assertProducts(products, x, w, d, random);
                            checked++;
                        }
                    }
                }
            }
        }
        assertThat(checked).isEqualTo(2 * SIZES.length * SIZES.length * SIZES.length);
    }

    /// Every shape is as likely as any other, and one entry in eight is what arithmetic has exceptions for.
    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false", "3, true", "4, true", "4, false"})
    void drawnShapesAndStrangeNumbersAreTheirChainsToo(int threads, boolean vectors) {
        NumpyRandom random = new NumpyRandom(100 + threads);
        int checked = 0;
        try (Team team = Team.of(threads)) {
            for (Precision precision : Precision.values()) {
                Products products = Products.of(precision, team, vectors);
                for (int drawn = 0; drawn < 150; drawn++) {
                    int n = random.randint(71);
                    int in = random.randint(71);
                    int out = random.randint(71);
                    Matrix x = strange(random(precision, n, in, random), random);
                    Matrix w = strange(random(precision, out, in, random), random);
                    Matrix d = strange(random(precision, n, out, random), random);
                    assertProducts(products, x, w, d, random);
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({"3, 600, 1100", "1100, 270, 10", "13, 1030, 37", "14, 520, 1025", "2, 5000, 3"})
    void shapesPastOneBlockAreTheirChainsToo(int n, int in, int out) {
        NumpyRandom random = new NumpyRandom(9);
        try (Team team = Team.of(2)) {
            for (Precision precision : Precision.values()) {
                Matrix x = random(precision, n, in, random);
                Matrix w = random(precision, out, in, random);
                assertProducts(Products.of(precision, team), x, w, random(precision, n, out, random), random);
            }
        }
    }

    /// Of sources laid out either way, with indices that come again and some that never do.
    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false", "3, true", "3, false", "4, true", "4, false"})
    void selectedRowsMultiplyAsTheirCopiesDo(int threads, boolean vectors) {
        NumpyRandom random = new NumpyRandom(200 + threads);
        int checked = 0;
        try (Team team = Team.of(threads)) {
            for (Precision precision : Precision.values()) {
                Products products = Products.of(precision, team, vectors);
                for (int drawn = 0; drawn < 150; drawn++) {
                    boolean large = drawn % 15 == 0;
                    int in = large ? 500 + random.randint(100) : random.randint(71);
                    assertSelection(products, precision, random.randint(71), in, random.randint(71), random);
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(300);
    }

    private static void assertSelection(
            Products products, Precision precision, int n, int in, int out, NumpyRandom random) {
        Matrix source = strange(random(precision, 1 + random.randint(90), in, random), random);
        Matrix w = random(precision, out, in, random);
        Matrix b = random(precision, 1, out, random);
        Matrix d = random(precision, n, out, random);
        int first = random.randint(5);
        int[] indices = new int[first + n + 3];
        Arrays.setAll(indices, i -> random.randint(source.rows()));
        Selection selection = new Selection(source, n + random.randint(2));
        selection.select(indices, first, n);
        Matrix copy = random(precision, n, in, random);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < in; j++) {
                copy.set(i, j, source.get(indices[first + i], j));
            }
        }
        Matrix z = random(precision, n, out, random);
        Matrix expectedZ = random(precision, n, out, random);
        products.affine(selection, w, b, z, null);
        products.affine(copy, w, b, expectedZ, null);
        assertSame(z, expectedZ);
        Matrix g = random(precision, out, in, random);
        Matrix expectedG = random(precision, out, in, random);
        products.transposedMultiply(d, selection, g);
        products.transposedMultiply(d, copy, expectedG);
        assertSame(g, expectedG);
        assertSame(selection.gathered(), copy);
    }

    @Test
    void selectedRowsAreReadWhereTheyStandIfTheyAreWideAndTheProductIsPacked() {
        assertThat(Vectors.AVAILABLE).isTrue();
        try (Team team = Team.of(1)) {
            Products products = Products.of(Precision.FLOAT32, team);
            Matrix source = Matrix.create(Precision.FLOAT32, 100, 200, Layout.BY_ROWS);
            Selection selection = new Selection(source, 50);
            selection.select(IntStream.range(50, 100).toArray(), 0, 50);
            Matrix w = Matrix.create(Precision.FLOAT32, 30, 200);
            Matrix z = Matrix.create(Precision.FLOAT32, 50, 30);
            products.affine(selection, w, null, z, null);
            w.set(3, 7, 2);
            source.set(60, 7, 5);
            products.affine(selection, w, null, z, null);
            assertThat(z.get(10, 3)).isEqualTo(10);
        }
    }

    @Test
    void aSelectionRefusesRowsThatAreNotThere() {
        Selection selection = new Selection(Matrix.create(Precision.FLOAT64, 3, 2), 4);
        assertThatThrownBy(() -> selection.select(new int[] {0, 3}, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> selection.select(new int[5], 0, 5))
                .hasMessage("5 rows; this selection has room for 4");
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

    private static void assertProducts(Products products, Matrix x, Matrix w, Matrix d, NumpyRandom random) {
        int n = x.rows();
        int in = x.columns();
        int out = w.rows();
        Matrix z = random(x.precision(), n, out, random);
        Matrix y = random(x.precision(), n, in, random);
        Matrix g = random(x.precision(), out, in, random);
        products.multiplyTransposed(x, w, z);
        products.multiply(d, w, y);
        products.transposedMultiply(d, x, g);
        double[][] xs = rows(x);
        double[][] ws = rows(w);
        double[][] ds = rows(d);
        assertChain(z, xs, ws, in);
        assertChain(y, ds, columns(w), out);
        assertChain(g, columns(d), columns(x), n);
    }

    private static Matrix strange(Matrix matrix, NumpyRandom random) {
        double tiny = matrix.precision() == Precision.FLOAT64 ? Double.MIN_VALUE : Float.MIN_VALUE;
        double huge = matrix.precision() == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
        double[] numbers = {0, -0.0, tiny, -3 * tiny, huge, 1e-20, Double.NEGATIVE_INFINITY, Double.NaN};
        for (int i = 0; i < matrix.rows() * matrix.columns() / 8; i++) {
            int kinds = random.randint(4) == 0 ? numbers.length : numbers.length - 2; // else nothing but NaN is left
            matrix.set(random.randint(matrix.rows()), random.randint(matrix.columns()), numbers[random.randint(kinds)]);
        }
        return matrix;
    }

    /// `left` by rows, `right` by columns. To the last bit, but that all NaN are one: which of two a sum takes on is
    /// the processor's affair.
    private static void assertChain(Matrix result, double[][] left, double[][] right, int inner) {
        boolean wide = result.precision() == Precision.FLOAT64;
        double[][] results = rows(result);
        for (int i = 0; i < result.rows(); i++) {
            for (int j = 0; j < result.columns(); j++) {
                double expected = wide ? chain64(left[i], right[j], inner) : chain32(left[i], right[j], inner);
                if (Double.doubleToLongBits(results[i][j]) != Double.doubleToLongBits(expected)) {
                    throw new AssertionError("[" + i + "][" + j + "]: " + results[i][j] + ", expected " + expected);
                }
            }
        }
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                rows[i][j] = matrix.get(i, j);
            }
        }
        return rows;
    }

    private static double[][] columns(Matrix matrix) {
        double[][] columns = new double[matrix.columns()][matrix.rows()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                columns[j][i] = matrix.get(i, j);
            }
        }
        return columns;
    }

    /// To the last bit, but for NaN, as above.
    private static void assertSame(Matrix result, Matrix expected) {
        assertThat(Arrays.deepEquals(rows(result), rows(expected))).isTrue();
    }

    private static double chain64(double[] left, double[] right, int inner) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma(left[k], right[k], sum);
        }
        return sum;
    }

    private static double chain32(double[] left, double[] right, int inner) {
        float sum = 0;
        for (int k = 0; k < inner; k++) {
            sum = Math.fma((float) left[k], (float) right[k], sum);
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
