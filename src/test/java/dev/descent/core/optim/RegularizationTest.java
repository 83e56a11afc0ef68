package dev.descent.core.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.linalg.Layout;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegularizationTest {

    private static final double[][] WEIGHTS = {{3, -4, 0}, {0.25, 0.5, -0.25}};
    private static final double[][] BIASES = {{-2, 0.5}};

    @ParameterizedTest
    @CsvSource({"FLOAT64,BY_ROWS,false", "FLOAT64,BY_COLUMNS,true", "FLOAT32,BY_ROWS,true", "FLOAT32,BY_COLUMNS,false"})
    void thePenaltyIsItsFormulaAndItsGradientIsAdded(Precision precision, Layout layout, boolean biases) {
        Parameter w = parameter(precision, layout, WEIGHTS, 10);
        Parameter b = parameter(precision, Layout.BY_ROWS, BIASES, 10);
        var spec = new Regularization(0.5, 0.25, biases, null);
        Regularizer regularizer = Regularizer.start(spec, List.of(w), List.of(b), precision);
        double expected = 0.5 * 8 + 0.125 * (25 + 0.375) + (biases ? 0.5 * 2.5 + 0.125 * 4.25 : 0);
        assertThat(regularizer.penalty()).isEqualTo(expected);
        assertThat(regularizer.penalize()).isEqualTo(expected);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                double weight = WEIGHTS[i][j];
                assertThat(w.gradient().get(i, j)).isEqualTo(10 + 0.5 * Math.signum(weight) + 0.25 * weight);
            }
            double bias = BIASES[0][i];
            assertThat(b.gradient().get(0, i)).isEqualTo(biases ? 10 + 0.5 * Math.signum(bias) + 0.25 * bias : 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void onlyUnitsWithLongWeightsAreBroughtBack(Layout layout) {
        Parameter w = parameter(Precision.FLOAT64, layout, WEIGHTS, 0);
        Parameter b = parameter(Precision.FLOAT64, Layout.BY_ROWS, BIASES, 0);
        var spec = new Regularization(0, 0, true, 1.0);
        Regularizer regularizer = Regularizer.start(spec, List.of(w), List.of(b), Precision.FLOAT64);
        assertThat(regularizer.penalize()).isZero();
        regularizer.project();
        assertThat(w.value().get(0, 0)).isCloseTo(0.6, within(1e-15));
        assertThat(w.value().get(0, 1)).isCloseTo(-0.8, within(1e-15));
        assertThat(w.value().toRows()[1]).containsExactly(WEIGHTS[1]);
        assertThat(b.value().toRows()).isDeepEqualTo(BIASES);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void aLongGradientKeepsItsDirection(Layout layout) {
        Parameter w = parameter(Precision.FLOAT64, layout, WEIGHTS, 3);
        Parameter b = parameter(Precision.FLOAT64, layout, BIASES, -4);
        var clipper = GradientClipper.start(new GradientClipping.Norm(0.5), List.of(w, b), Precision.FLOAT64);
        double norm = Math.sqrt(6 * 9 + 2 * 16);
        assertThat(clipper.norm()).isEqualTo(norm);
        clipper.clip();
        assertThat(w.gradient().get(1, 2)).isCloseTo(3 * 0.5 / (norm + 1e-6), within(1e-16));
        assertThat(b.gradient().get(0, 1)).isCloseTo(-4 * 0.5 / (norm + 1e-6), within(1e-16));
    }

    @Test
    void aShortGradientIsLeftAlone() {
        Parameter w = parameter(Precision.FLOAT64, Layout.BY_ROWS, WEIGHTS, 3);
        GradientClipper.start(new GradientClipping.Norm(8), List.of(w), Precision.FLOAT64)
                .clip();
        assertThat(w.gradient().toRows()).isDeepEqualTo(new double[][] {{3, 3, 3}, {3, 3, 3}});
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyEntryIsClippedByItself(Precision precision) {
        Parameter w = parameter(precision, Layout.BY_ROWS, WEIGHTS, 0);
        w.gradient().copy(Matrix.of(precision, new double[][] {{-3, 0.25, Double.NaN}, {7, -1, Double.NEGATIVE_INFINITY}
        }));
        GradientClipper.start(new GradientClipping.Value(1), List.of(w), precision)
                .clip();
        assertThat(w.gradient().toRows()[0]).containsExactly(-1, 0.25, Double.NaN);
        assertThat(w.gradient().toRows()[1]).containsExactly(1, -1, -1);
    }

    private static Parameter parameter(Precision precision, Layout layout, double[][] values, double slope) {
        Parameter parameter = Parameters.of(precision, layout, values);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                parameter.gradient().set(i, j, slope);
            }
        }
        return parameter;
    }
}
