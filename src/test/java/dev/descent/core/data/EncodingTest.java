package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingTest {

    private static final List<Heading> HEADINGS = List.of(
            Heading.numeric("age"),
            Heading.categorical("color", List.of("blue", "green", "red")),
            Heading.numeric("size"));
    private static final Cells CELLS = Cells.of(new double[][] {{2, 0, 1}, {10, 20, 40}});
    private static final int[] ALL = {0, 1, 2};

    private final Encoding encoding = Encoding.of(HEADINGS, List.of("color", "size"));

    @Test
    void categoriesBecomeOneInputEach() {
        assertThat(encoding.width()).isEqualTo(4);
        assertThat(encoding.inputs()).containsExactly("color=blue", "color=green", "color=red", "size");
        double[] row = {9, 9, 9, 9};
        encoding.encode(new double[] {1, 7}, row);
        assertThat(row).containsExactly(0, 1, 0, 7);
    }

    @ParameterizedTest
    @EnumSource
    void matrixHoldsTheChosenRowsScaled(Precision precision) {
        FittedScaling scaling = encoding.fit(new Scaling.Scale(null), CELLS, ALL, warning -> {});
        assertThat(encoding.matrix(precision, CELLS, new int[] {2, 0}, scaling).toRows())
                .isDeepEqualTo(new double[][] {{0, 1, 0, 1}, {0, 0, 1, 0.25}});
    }

    @Test
    void onlyNumbersAreScaled() {
        FittedScaling scaling = encoding.fit(new Scaling.Standardize(0), CELLS, ALL, warning -> {});
        assertThat(scaling.offsets()).containsExactly(0, 0, 0, 70.0 / 3);
        assertThat(scaling.divisors()).startsWith(1, 1, 1);
        assertThat(scaling.divisors()[3]).isGreaterThan(12);
    }

    @Test
    void unknownColumnIsRefusedWithTheNamesThereAre() {
        assertThatThrownBy(() -> Encoding.of(HEADINGS, List.of("age", "colour")))
                .isInstanceOfSatisfying(InvalidSpec.class, e -> {
                    assertThat(e.pointer()).isEqualTo("/1");
                    assertThat(e.code()).isEqualTo("unknown-column");
                    assertThat(e.allowed()).containsExactly("age", "color", "size");
                });
    }

    @Test
    void columnNamedTwiceIsRefused() {
        assertThatThrownBy(() -> Encoding.of(HEADINGS, List.of("age", "age")))
                .isInstanceOfSatisfying(
                        InvalidSpec.class, e -> assertThat(e.code()).isEqualTo("duplicate-column"));
    }

    @Test
    void missingCellInAChosenRowIsRefused() {
        Cells cells = Cells.of(new double[][] {{0, 1, 2}, {1, Double.NaN, 3}});
        encoding.requireComplete(cells, new int[] {0, 2});
        assertThatThrownBy(() -> encoding.requireComplete(cells, ALL)).isInstanceOfSatisfying(InvalidSpec.class, e -> {
            assertThat(e.pointer()).isEqualTo("/1");
            assertThat(e.code()).isEqualTo("missing-values");
        });
    }
}
