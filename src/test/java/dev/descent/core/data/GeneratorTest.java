package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.Golden;
import dev.descent.core.InvalidSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GeneratorTest {

    private static double[][] rows(Generator generator) throws IOException {
        List<double[]> rows = new ArrayList<>();
        generator.forEachRow(row -> rows.add(row.clone()));
        return rows.toArray(new double[0][]);
    }

    @Test
    void parabolaIsTheLecturesToTheLastBit() throws IOException {
        double[][] rows = rows(Generator.Parabola.DEFAULT);
        JsonNode run = Golden.read("parabola.json").get("runs").get(0);
        assertThat(rows).hasDimensions(100, 3);
        for (int i = 0; i < 5; i++) {
            assertThat(rows[i][0]).isEqualTo(run.at("/firstRows/" + i + "/0").doubleValue());
            assertThat(rows[i][1]).isEqualTo(run.at("/firstRows/" + i + "/1").doubleValue());
            assertThat(rows[i][2]).isEqualTo(run.at("/firstTargets/" + i).doubleValue());
        }
    }

    /// np.linspace(-10, 10, 7), and its squares + 0.3 * RandomState(5).randn(7).
    @Test
    void parabolaOfAnotherSizeIsNumpysToo() throws IOException {
        double[] x = {-10.0, -6.666666666666666, -3.333333333333333, 0.0, 3.333333333333334, 6.666666666666668, 10.0};
        double[] y = {
            100.13236824606551,
            44.34518339887621,
            11.840342467213443,
            -0.07562763888092307,
            11.14399406358457,
            44.91918877956292,
            99.72723027854313
        };
        double[][] rows = rows(new Generator.Parabola(7, 0.3, 5));
        for (int i = 0; i < 7; i++) {
            assertThat(rows[i]).containsExactly(1, x[i], y[i]);
        }
        assertThat(rows(new Generator.Parabola(1, 0, 5))).isDeepEqualTo(new double[][] {{1, -10, 100}});
    }

    /// Corners + 0.25 * RandomState(5).randn(5, 2).
    @Test
    void xorMovesTheCornersByNumpysNoise() throws IOException {
        assertThat(rows(new Generator.Xor(5, 0.25, 5))).isDeepEqualTo(new double[][] {
            {0.11030687172126036, -0.08271753797352191, 0},
            {0.607692796751945, 0.9369769675992308, 1},
            {1.0274024603945457, 0.39562027926539084, 1},
            {0.7726918987859395, 0.8520908355174279, 0},
            {0.04690080645925887, -0.08246748944483981, 0}
        });
        assertThat(rows(new Generator.Xor(4, 0, 5)))
                .isDeepEqualTo(new double[][] {{0, 0, 0}, {0, 1, 1}, {1, 0, 1}, {1, 1, 0}});
    }

    /// scikit-learn's blob, every point to the last bit: its product has a fused multiply-add as ours.
    @Test
    void regressionIsTheLecturesBlob() throws IOException {
        assertThat(rows(Generator.Regression.DEFAULT))
                .isDeepEqualTo(Golden.matrix(Golden.read("regression.json").get("points")));
    }

    @Test
    void sineIsNumpysLinspaceAndItsSines() throws IOException {
        double[][] rows = rows(new Generator.Sine(5, 0, 1));
        double pi = StrictMath.PI;
        for (int i = 0; i < 5; i++) {
            double x = new double[] {-pi, -pi / 2, 0, pi / 2, pi}[i];
            assertThat(rows[i]).containsExactly(x, StrictMath.sin(x));
        }
        double[] noise = {0.44122748688504143, -0.33087015189408764, 2.43077118700778}; // RandomState(5).randn(3)
        double[][] noisy = rows(new Generator.Sine(3, 0.5, 5));
        for (int i = 0; i < 3; i++) {
            double x = (i - 1) * pi;
            assertThat(noisy[i]).containsExactly(x, StrictMath.sin(x) + 0.5 * noise[i]);
        }
    }

    /// Points of both half circles and both circles at the angles that give whole numbers, to the rounding of pi.
    @Test
    void moonsAndCirclesLieOnTheirCircles() throws IOException {
        double[][] moons = {{1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, 0.5, 1}, {1, -0.5, 1}, {2, 0.5, 1}};
        double[][] circles = {
            {1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}, {.5, 0, 1}, {0, .5, 1}, {-.5, 0, 1}, {0, -.5, 1}
        };
        Golden.assertClose("moons", rows(new Generator.Moons(6, 0, 1)), moons, 1e-15, 1);
        Golden.assertClose("circles", rows(new Generator.Circles(8, 0, 1)), circles, 1e-15, 1);
        double[][] noisy = rows(new Generator.Circles(2, 0.5, 5)); // RandomState(5).randn(2, 2)
        Golden.assertClose(
                "noisy",
                noisy,
                new double[][] {
                    {1 + 0.5 * 0.44122748688504143, 0.5 * -0.33087015189408764, 0},
                    {0.5 + 0.5 * 2.43077118700778, 0.5 * -0.2520921296030768, 1}
                },
                1e-13,
                1);
        assertThat(rows(new Generator.Moons(1, 0, 1))).isDeepEqualTo(new double[][] {{0, 0.5, 1}});
    }

    @Test
    void blobsAreThoseOfScikitLearn() throws IOException {
        double[][] blobs = { // make_blobs(5, centers=3, cluster_std=0.5, random_state=5, shuffle=False)
            {-5.505331657416119, 8.205886682078308, 0},
            {-6.014752780633331, 7.118827794582383, 0},
            {-5.771815280292954, 8.207283179868753, 1},
            {-6.461999199422375, 8.269779903464638, 1},
            {-0.41119069760403826, 2.536613059357663, 2}
        };
        assertThat(rows(new Generator.Blobs(5, 0.5, 5, 3))).isDeepEqualTo(blobs);
    }

    @Test
    void spiralIsTheLecturesInNumPy() throws IOException {
        double[][] spiral = {
            {0, 0, 0},
            {0.46741263251770526, -0.17755402266034023, 0},
            {-0.9745178850431137, -0.22430981193674213, 0},
            {0, 0, 1},
            {-0.12915061221551402, 0.48303221358865694, 1},
            {0.8949333185410976, -0.44619990516025243, 1}
        };
        Golden.assertClose("spiral", rows(new Generator.Spiral(6, 0.2, 5, 2)), spiral, 1e-15, 1);
        assertThat(rows(new Generator.Spiral(7, 0, 5, 3))).hasDimensions(7, 3);
        assertThat(rows(new Generator.Spiral(2, 0, 5, 3))).isDeepEqualTo(new double[][] {{0, 0, 0}, {0, 0, 1}});
    }

    @Test
    void writtenTableIsSummedUp() throws IOException {
        TableSummary summary = Generator.Parabola.DEFAULT.write(new ByteArrayOutputStream());
        assertThat(summary.rows()).isEqualTo(100);
        assertThat(summary.columns()).extracting(Column::name).containsExactly("one", "x", "y");
        assertThat(summary.warnings()).extracting(Warning::code).containsExactly("constant-column");
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Generator.Regression(Generator.Regression.LARGEST + 1, 1, 1))
                .isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Generator.Parabola(0, 0.1, 1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Generator.Xor(4, -1, 1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Generator.Blobs(4, 1, 1, 1)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Generator.Spiral(4, 1, 1, 11)).isInstanceOf(InvalidSpec.class);
        assertThatThrownBy(() -> new Generator.Xor(4, 1, -1)).isInstanceOf(InvalidSpec.class);
    }
}
