package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.Formula;
import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

class InitializerTest {

    static final List<Initializer> ALL = List.of(
            new Initializer.Zeros(),
            new Initializer.Constant(0.5),
            new Initializer.Normal(0.25, 1.5),
            new Initializer.Uniform(-0.5, 2),
            new Initializer.TruncatedNormal(0.25, 1.5),
            new Initializer.GlorotUniform(),
            new Initializer.GlorotNormal(),
            new Initializer.HeUniform(),
            new Initializer.HeNormal(),
            new Initializer.LecunUniform(),
            new Initializer.LecunNormal(),
            new Initializer.Orthogonal(1.25),
            new Initializer.ScaledNormal());

    static final List<Initializer> RANDOM = ALL.subList(2, ALL.size());

    @Test
    void everyInitializerIsHereAndSaysItsFormula() {
        Set<Class<?>> classes = ALL.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(classes).containsExactlyInAnyOrder(Initializer.class.getPermittedSubclasses());
        for (Class<?> variant : classes) {
            assertThat(variant.getAnnotation(Formula.class))
                    .as(variant.getSimpleName())
                    .isNotNull();
        }
    }

    /// An orthogonal start goes through another decomposition than NumPy's, the others through one multiplication.
    @ParameterizedTest
    @FieldSource("RANDOM")
    void drawsAreThoseOfNumPyAndLeaveItsStreamWhereItIs(Initializer initializer) {
        JsonNode both = Golden.resource("reference/initializers.json").get(name(initializer));
        for (int wide = 0; wide < 2; wide++) {
            Matrix weights = wide == 0 ? zeros(3, 5) : zeros(5, 3);
            NumpyRandom random = new NumpyRandom(11);
            initializer.fill(weights, weights.columns(), weights.rows(), random);
            JsonNode expected = both.get(wide);
            double tolerance = initializer instanceof Initializer.Orthogonal ? 1e-14 : 2.3e-16;
            Golden.assertClose("w", weights.toRows(), Golden.matrix(expected.get("weights")), tolerance, 1);
            double[] next = {random.randn(), random.randn()};
            Golden.assertClose(
                    "next", new double[][] {next}, new double[][] {Golden.vector(expected.get("next"))}, 2.3e-16, 1);
        }
    }

    /// 400 x 250 entries: five standard errors of mean and variance, of the normal distribution's, are the widest.
    @ParameterizedTest
    @FieldSource("ALL")
    void meanAndVarianceAreTheMoments(Initializer initializer) {
        int count = 400 * 250;
        Matrix weights = zeros(400, 250);
        initializer.fill(weights, 250, 400, new NumpyRandom(3));
        Moments expected = Moments.of(initializer, 250, 400);
        double mean = 0;
        for (double[] row : weights.toRows()) {
            for (double entry : row) {
                mean += entry / count;
            }
        }
        double variance = 0;
        for (double[] row : weights.toRows()) {
            for (double entry : row) {
                variance += (entry - mean) * (entry - mean) / count;
            }
        }
        double deviation = StrictMath.sqrt(expected.variance());
        assertThat(Math.abs(mean - expected.mean()))
                .isLessThanOrEqualTo(5 * deviation / StrictMath.sqrt(count) + 1e-12);
        assertThat(Math.abs(variance - expected.variance()))
                .isLessThanOrEqualTo(5 * expected.variance() * StrictMath.sqrt(2.0 / count) + 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"uniform, -0.5, 2", "truncatedNormal, -2.75, 3.25"})
    void boundsAreKeptAndReached(String name, double minimum, double maximum) {
        Initializer initializer =
                ALL.stream().filter(one -> name(one).equals(name)).findFirst().orElseThrow();
        checkBounds(initializer, minimum, maximum);
    }

    @Test
    void uniformLimitsComeFromTheFans() {
        checkBounds(new Initializer.GlorotUniform(), -StrictMath.sqrt(6.0 / 300), StrictMath.sqrt(6.0 / 300));
        checkBounds(new Initializer.HeUniform(), -StrictMath.sqrt(6.0 / 100), StrictMath.sqrt(6.0 / 100));
        checkBounds(new Initializer.LecunUniform(), -StrictMath.sqrt(3.0 / 100), StrictMath.sqrt(3.0 / 100));
    }

    private static void checkBounds(Initializer initializer, double minimum, double maximum) {
        Matrix weights = zeros(200, 100);
        initializer.fill(weights, 100, 200, new NumpyRandom(5));
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] row : weights.toRows()) {
            for (double entry : row) {
                lowest = Math.min(lowest, entry);
                highest = Math.max(highest, entry);
            }
        }
        double width = maximum - minimum;
        assertThat(lowest).isBetween(minimum, minimum + 0.01 * width);
        assertThat(highest).isBetween(maximum - 0.01 * width, maximum);
    }

    @ParameterizedTest
    @CsvSource({"40, 90", "90, 40", "60, 60", "1, 7", "7, 1"})
    void rowsOrColumnsStandAtRightAngles(int rows, int columns) {
        Matrix weights = zeros(rows, columns);
        new Initializer.Orthogonal(2).fill(weights, columns, rows, new NumpyRandom(6));
        int fewer = Math.min(rows, columns);
        for (int a = 0; a < fewer; a++) {
            for (int b = 0; b < fewer; b++) {
                double product = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    product += rows < columns
                            ? weights.get(a, k) * weights.get(b, k)
                            : weights.get(k, a) * weights.get(k, b);
                }
                assertThat(Math.abs(product - (a == b ? 4 : 0))).isLessThan(1e-12);
            }
        }
    }

    @Test
    void singlePrecisionIsTheSameDrawRounded() {
        for (Initializer initializer : ALL) {
            Matrix exact = zeros(6, 4);
            Matrix rounded = Matrix.create(Precision.FLOAT32, 6, 4);
            initializer.fill(exact, 4, 6, new NumpyRandom(8));
            initializer.fill(rounded, 4, 6, new NumpyRandom(8));
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 4; j++) {
                    assertThat(rounded.get(i, j)).isEqualTo((float) exact.get(i, j));
                }
            }
        }
    }

    @Test
    void nonsenseIsRefusedByItsComponent() {
        assertThat(catchThrowableOfType(InvalidSpec.class, () -> new Initializer.TruncatedNormal(0, -1))
                        .pointer())
                .isEqualTo("/standardDeviation");
        assertThat(catchThrowableOfType(InvalidSpec.class, () -> new Initializer.Orthogonal(0))
                        .pointer())
                .isEqualTo("/gain");
    }

    private static String name(Initializer initializer) {
        String name = initializer.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static Matrix zeros(int rows, int columns) {
        return Matrix.create(Precision.FLOAT64, rows, columns);
    }
}
