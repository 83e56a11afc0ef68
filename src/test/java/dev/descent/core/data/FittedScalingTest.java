package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.descent.core.InvalidSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedScalingTest {

    private static final Cells COLUMNS =
            Cells.of(new double[][] {{1, 2, 4, 8, 1000}, {-20, 0, 10, 5, 1000}, {3, 3, 3, 3, 1000}});
    private static final int[] ROWS = {0, 1, 2, 3};
    private static final String[] NAMES = {"a", "b", "c"};

    private final List<Warning> warnings = new ArrayList<>();

    private FittedScaling fit(Scaling scaling) {
        return FittedScaling.fit(scaling, COLUMNS, NAMES, ROWS, warnings::add);
    }

    @Test
    void standardizeUsesTheGivenRowsOnly() {
        FittedScaling population = fit(new Scaling.Standardize(0));
        assertThat(population.offsets()[0]).isEqualTo(3.75);
        assertThat(population.divisors()[0]).isEqualTo(2.680951323690902); // numpy std()
        assertThat(fit(new Scaling.Standardize(1)).divisors()[0]).isEqualTo(3.095695936834452); // numpy std(ddof=1)
    }

    @Test
    void constantColumnBecomesZeroWithAWarning() {
        FittedScaling fitted = fit(new Scaling.Standardize(0));
        assertThat(fitted.apply(2, 3)).isZero();
        assertThat(fitted.apply(2, 5)).isEqualTo(2);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("constant-column");
            assertThat(warning.column()).isEqualTo("c");
        });
    }

    @Test
    void oneRowIsConstantWhateverTheDegreesOfFreedom() {
        for (int degrees = 0; degrees <= 1; degrees++) {
            FittedScaling fitted =
                    FittedScaling.fit(new Scaling.Standardize(degrees), COLUMNS, NAMES, new int[] {1}, warnings::add);
            assertThat(fitted.divisors()).containsExactly(1, 1, 1);
        }
        assertThat(warnings).hasSize(6);
    }

    @Test
    void scaleDividesEverythingByOneNumber() {
        assertThat(fit(new Scaling.Scale(255.0)).divisors()).containsExactly(255, 255, 255);
        FittedScaling byLargest = fit(new Scaling.Scale(null));
        assertThat(byLargest.divisors()).containsExactly(20, 20, 20);
        assertThat(byLargest.offsets()).containsExactly(0, 0, 0);
        assertThat(warnings).isEmpty();
    }

    @Test
    void minMaxPutsLeastAndMostOnTheEndsOfTheRange() {
        FittedScaling unit = fit(new Scaling.MinMax(0, 1));
        assertThat(unit.offsets()).containsExactly(1, -20, 3);
        assertThat(unit.divisors()).containsExactly(7, 30, 1);
        assertThat(unit.apply(0, 8)).isEqualTo(1);
        FittedScaling both = fit(new Scaling.MinMax(-1, 1));
        double[][] expected = { // sklearn.preprocessing.MinMaxScaler((-1, 1))
            {-1, -0.7142857142857142, -0.1428571428571428, 1}, {-1, 0.33333333333333326, 1, 0.6666666666666665}
        };
        for (int i = 0; i < expected.length; i++) {
            for (int row : ROWS) {
                assertThat(both.apply(i, COLUMNS.get(i, row))).isCloseTo(expected[i][row], offset(4e-16));
            }
        }
        assertThat(both.apply(2, 3)).as("of a column that does not vary").isEqualTo(-1);
        assertThat(warnings).extracting(Warning::code).containsExactly("constant-column", "constant-column");
        assertThat(warnings.getLast().message()).endsWith("scaled it is -1 everywhere");
    }

    @Test
    void quantilesAreNumpysAndWildValuesDoNotMatter() {
        FittedScaling usual = fit(new Scaling.Quantile(0.25, 0.5, 0.75));
        assertThat(usual.offsets()).containsExactly(3, 2.5, 3); // RobustScaler().center_
        assertThat(usual.divisors()).containsExactly(3.25, 11.25, 1);
        FittedScaling wide = fit(new Scaling.Quantile(0.1, 0.1, 0.95));
        assertThat(wide.offsets()[0]).isEqualTo(1.3);
        assertThat(wide.divisors()[0]).isEqualTo(6.099999999999999); // 7.399999999999999 - 1.3
        assertThat(fit(new Scaling.Quantile(0.2, 0.7, 1)).offsets()[0]).isEqualTo(4.399999999999999);
        assertThat(fit(new Scaling.Quantile(0, 0, 1)).divisors()).containsExactly(7, 30, 1);
        assertThat(warnings).extracting(Warning::code).containsOnly("equal-quantiles");
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Scaling.MinMax(1, 1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Scaling.MinMax(-1e308, 1e308)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Scaling.Quantile(0.5, 0.5, 0.5)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Scaling.Quantile(0, 1.5, 1)).isInstanceOf(InvalidSpec.class);
    }

    @Test
    void zerosAreLeftUnscaled() {
        FittedScaling fitted = FittedScaling.fit(
                new Scaling.Scale(null),
                Cells.of(new double[][] {{0, 0}}),
                new String[] {"z"},
                new int[] {0, 1},
                warnings::add);
        assertThat(fitted.divisors()).containsExactly(1);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void noneChangesNothing() {
        double[] row = {-0.0, 0.1, 1e300};
        fit(new Scaling.None()).apply(row);
        assertThat(row).containsExactly(-0.0, 0.1, 1e300);
    }

    @Test
    void invertUndoesApply() {
        FittedScaling fitted = fit(new Scaling.Standardize(1));
        double[] row = {2, -20, 3};
        fitted.apply(row);
        fitted.invert(row);
        // one rounding each in -, /, *, +
        assertThat(row).containsExactly(new double[] {2, -20, 3}, offset(1e-14));
    }

    @Test
    void numbersTooLargeToScaleAreRefused() {
        Cells columns = Cells.of(new double[][] {{1e308, 1e308, -1e308}});
        for (Scaling scaling :
                List.of(new Scaling.Standardize(0), new Scaling.MinMax(0, 1), new Scaling.Quantile(0.25, 0.5, 0.75))) {
            assertThatThrownBy(() -> FittedScaling.fit(
                            scaling, columns, new String[] {"huge"}, new int[] {0, 1, 2}, warnings::add))
                    .as(scaling.toString())
                    .isInstanceOf(InvalidSpec.class)
                    .hasMessageContaining("huge");
        }
    }
}
