package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Precision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Heading SPECIES = Heading.categorical("species", List.of("ant", "bee", "cow"));
    private static final Heading ANSWER = Heading.categorical("answer", List.of("no", "yes"));
    private static final Heading NUMBER = Heading.numeric("y");
    private static final int[] ALL = {0, 1, 2};

    private static double[][] matrix(Target target, double... cells) {
        FittedScaling scaling = target.fit(new Scaling.Scale(10.0), cells, ALL, warning -> {});
        return target.matrix(Precision.FLOAT64, cells, ALL, scaling).toRows();
    }

    @Test
    void numbersAreScaled() {
        assertThat(matrix(Target.value(NUMBER), 1, 2, 30)).isDeepEqualTo(new double[][] {{0.1}, {0.2}, {3}});
    }

    @Test
    void categoriesAreOneHot() {
        Target target = Target.oneHot(SPECIES, new double[] {2, 0, 2});
        assertThat(target.width()).isEqualTo(3);
        assertThat(target.classes()).containsExactly("ant", "bee", "cow");
        assertThat(matrix(target, 2, 0, 2)).isDeepEqualTo(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 0, 1}});
    }

    @Test
    void numbersMayBeClasses() {
        Target target = Target.oneHot(NUMBER, new double[] {7, -1.5, 7, Double.NaN});
        assertThat(target.classes()).containsExactly("-1.5", "7");
        assertThat(matrix(target, 7, -1.5, 7)).isDeepEqualTo(new double[][] {{0, 1}, {1, 0}, {0, 1}});
    }

    @Test
    void twoCategoriesMayShareAnOutput() {
        Target target = Target.indicator(ANSWER, new double[] {1, 0, 1});
        assertThat(target.width()).isEqualTo(1);
        assertThat(target.classes()).containsExactly("no", "yes");
        assertThat(matrix(target, 1, 0, 1)).isDeepEqualTo(new double[][] {{1}, {0}, {1}});
        assertThat(Target.indicator(NUMBER, new double[] {0, 1, -0.0}).classes())
                .containsExactly("0", "1");
    }

    @Test
    void indicatorOfOtherNumbersIsRefusedWithWhatWasFound() {
        assertRefused("target-type", "1, 2", () -> Target.indicator(NUMBER, new double[] {1, 2}));
        assertRefused("target-type", "-1, 1", () -> Target.indicator(NUMBER, new double[] {-1, 1}));
        assertRefused("target-type", "0.3", () -> Target.indicator(NUMBER, new double[] {0, 1, 0.3}));
        assertRefused("target-type", "ant, bee, cow", () -> Target.indicator(SPECIES, new double[] {0, 1, 2}));
    }

    @Test
    void targetsThatCannotBeAreRefused() {
        assertRefused("target-type", "categories", () -> Target.value(SPECIES));
        assertRefused("target-type", "one class", () -> Target.oneHot(NUMBER, new double[] {3, 3}));
        double[] many = IntStream.range(0, 1001).asDoubleStream().toArray();
        assertRefused("too-many-classes", "1001", () -> Target.oneHot(NUMBER, many));
    }

    private static void assertRefused(String code, String words, Runnable making) {
        assertThatThrownBy(making::run)
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        InvalidSpec.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
