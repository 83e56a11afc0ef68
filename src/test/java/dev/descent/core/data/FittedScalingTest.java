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
        assertThat(population.means()[0]).isEqualTo(3.75);
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
        assertThat(byLargest.means()).containsExactly(0, 0, 0);
        assertThat(warnings).isEmpty();
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
    void numbersTooLargeToStandardizeAreRefused() {
        Cells columns = Cells.of(new double[][] {{1e308, 1e308, -1e308}});
        assertThatThrownBy(() -> FittedScaling.fit(
                        new Scaling.Standardize(0), columns, new String[] {"huge"}, new int[] {0, 1, 2}, warnings::add))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("huge");
    }
}
