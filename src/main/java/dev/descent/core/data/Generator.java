package dev.descent.core.data;

import dev.descent.core.Default;
import dev.descent.core.Require;
import dev.descent.core.random.NumpyRandom;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// A table made of a formula and a seed.
public sealed interface Generator {

    int MAXIMUM_ROWS = 10_000_000;

    int MAXIMUM_CLASSES = 10;

    /// How many rows it has.
    int rows();

    /// The standard deviation of what is drawn.
    double noise();

    long seed();

    List<Heading> headings();

    /// Hands over the rows in order, the same every time; the array is used again for the next.
    void forEachRow(RowConsumer consumer) throws IOException;

    /// Takes one row's cells.
    @FunctionalInterface
    interface RowConsumer {
        void row(double[] cells) throws IOException;
    }

    /// Writes the table in its canonical form; `target` stays open.
    default TableSummary write(OutputStream target) throws IOException {
        var survey = new StorageSurvey(headings().size());
        forEachRow(survey::row);
        var writer = new TableWriter(target, headings(), survey.narrowest(), rows());
        forEachRow(writer::row);
        return TableSummary.of(rows(), writer.finish(), List.of());
    }

    /// `y = x^2 + noise randn` on `linspace(-10, 10, rows)`, with a column of ones as first input: the first example of
    /// lectures on gradient descent. The noise is `RandomState(seed).randn(rows)`.
    record Parabola(
            @Default("100") int rows,
            @Default("0.1") double noise,
            @Default("100") long seed) implements Generator {

        public static final Parabola DEFAULT = new Parabola(100, 0.1, 100);

        public Parabola {
            require(rows, noise, seed);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("one"), Heading.numeric("x"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            for (int i = 0; i < rows; i++) {
                double x = linspace(-10, 10, rows, i);
                consumer.row(new double[] {1, x, x * x + noise * random.randn()});
            }
        }
    }

    /// The four corners (0,0), (0,1), (1,0), (1,1) in turn, moved by `noise randn`, and `y` = 1 where the corner's two
    /// coordinates differ, else 0. The noise is `RandomState(seed).randn(rows, 2)`; 4 rows without it are the truth
    /// table.
    record Xor(
            @Default("100") int rows,
            @Default("0.1") double noise,
            @Default("100") long seed) implements Generator {

        public static final Xor DEFAULT = new Xor(100, 0.1, 100);

        public Xor {
            require(rows, noise, seed);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x1"), Heading.numeric("x2"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            for (int i = 0; i < rows; i++) {
                int first = i >> 1 & 1;
                int second = i & 1;
                double x1 = first + noise * random.randn();
                double x2 = second + noise * random.randn();
                consumer.row(new double[] {x1, x2, first ^ second});
            }
        }
    }

    /// `y = sin x + noise randn` on `linspace(-pi, pi, rows)`. The noise is `RandomState(seed).randn(rows)`.
    record Sine(
            @Default("2000") int rows,
            @Default("0") double noise,
            @Default("100") long seed) implements Generator {

        public static final Sine DEFAULT = new Sine(2000, 0, 100);

        public Sine {
            require(rows, noise, seed);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            for (int i = 0; i < rows; i++) {
                double x = linspace(-StrictMath.PI, StrictMath.PI, rows, i);
                consumer.row(new double[] {x, StrictMath.sin(x) + noise * random.randn()});
            }
        }
    }

    /// A cloud of points stretched along a line: scikit-learn's
    /// `make_blobs(rows, centers=1, cluster_std=noise, random_state=seed)`, each point times
    /// `[[0.60834549, -0.63667341], [-0.40887718, 0.85253229]]`. The stream draws the centre,
    /// `uniform(-10, 10, 2)`, the points, `normal(centre, noise)`, and the order of the rows.
    record Regression(
            @Default("1000") int rows,
            @Default("1") double noise,
            @Default("170") long seed) implements Generator {

        public static final Regression DEFAULT = new Regression(1000, 1, 170);

        /// The points are held until they are shuffled.
        static final int LARGEST = 1_000_000;

        public Regression {
            require(rows, noise, seed);
            Require.between("rows", rows, 1, LARGEST);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            double first = random.uniform(-10, 10);
            double second = random.uniform(-10, 10);
            double[] points = new double[2 * rows];
            for (int i = 0; i < points.length; i += 2) {
                points[i] = random.normal(first, noise);
                points[i + 1] = random.normal(second, noise);
            }
            for (int i : random.permutation(rows)) {
                double p = points[2 * i];
                double q = points[2 * i + 1];
                consumer.row(
                        new double[] {Math.fma(q, -0.40887718, p * 0.60834549), Math.fma(q, 0.85253229, p * -0.63667341)
                        });
            }
        }
    }

    /// Two half circles that reach into one another, scikit-learn's
    /// `make_moons(rows, shuffle=False, noise=noise, random_state=seed)`: first the upper one
    /// with `y` = 0, then the lower one with `y` = 1.
    record Moons(
            @Default("200") int rows,
            @Default("0.1") double noise,
            @Default("100") long seed) implements Generator {

        public static final Moons DEFAULT = new Moons(200, 0.1, 100);

        public Moons {
            require(rows, noise, seed);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x1"), Heading.numeric("x2"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            int upper = rows / 2;
            for (int i = 0; i < rows; i++) {
                boolean lower = i >= upper;
                int place = lower ? i - upper : i;
                int last = (lower ? rows - upper : upper) - 1;
                double angle = last == 0 ? 0 : place * (StrictMath.PI / last);
                double x1 = lower ? 1 - StrictMath.cos(angle) : StrictMath.cos(angle);
                double x2 = lower ? 0.5 - StrictMath.sin(angle) : StrictMath.sin(angle);
                consumer.row(new double[] {x1 + noise * random.randn(), x2 + noise * random.randn(), lower ? 1 : 0});
            }
        }
    }

    /// A circle in a circle, scikit-learn's
    /// `make_circles(rows, shuffle=False, noise=noise, factor=0.5, random_state=seed)`: first
    /// the outer one of radius 1 with `y` = 0, then the inner one of radius 1/2 with `y` = 1.
    record Circles(
            @Default("200") int rows,
            @Default("0.1") double noise,
            @Default("100") long seed) implements Generator {

        public static final Circles DEFAULT = new Circles(200, 0.1, 100);

        public Circles {
            require(rows, noise, seed);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x1"), Heading.numeric("x2"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            int outer = rows / 2;
            for (int i = 0; i < rows; i++) {
                boolean inside = i >= outer;
                double radius = inside ? 0.5 : 1;
                double angle =
                        inside ? (i - outer) * (2 * StrictMath.PI / (rows - outer)) : i * (2 * StrictMath.PI / outer);
                consumer.row(new double[] {
                    radius * StrictMath.cos(angle) + noise * random.randn(),
                    radius * StrictMath.sin(angle) + noise * random.randn(),
                    inside ? 1 : 0
                });
            }
        }
    }

    /// Round clouds of points, one a class, scikit-learn's
    /// `make_blobs(rows, centers=classes, cluster_std=noise, shuffle=False, random_state=seed)`. The stream draws
    /// the centres, `uniform(-10, 10, (classes, 2))`, then each cloud, `normal(centre, noise)`; `y` counts the
    /// classes from 0.
    record Blobs(
            @Default("300") int rows,
            @Default("1") double noise,
            @Default("100") long seed,
            @Default("3") int classes) implements Generator {

        public static final Blobs DEFAULT = new Blobs(300, 1, 100, 3);

        public Blobs {
            require(rows, noise, seed);
            Require.between("classes", classes, 2, MAXIMUM_CLASSES);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x1"), Heading.numeric("x2"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            double[] centres = new double[2 * classes];
            for (int i = 0; i < centres.length; i++) {
                centres[i] = random.uniform(-10, 10);
            }
            for (int k = 0; k < classes; k++) {
                for (int i = 0; i < rowsOf(k, rows, classes); i++) {
                    double x1 = random.normal(centres[2 * k], noise);
                    double x2 = random.normal(centres[2 * k + 1], noise);
                    consumer.row(new double[] {x1, x2, k});
                }
            }
        }
    }

    /// Arms that wind around one another, one a class, as the lecture CS231n of Stanford draws them: in arm k the
    /// radius is `r = linspace(0, 1)`, the angle `t = linspace(4 k, 4 (k + 1)) + noise randn`, and a point
    /// `(r sin t, r cos t)`; `y` counts the arms from 0. The noise is `RandomState(seed).randn`, arm after arm.
    record Spiral(
            @Default("300") int rows,
            @Default("0.2") double noise,
            @Default("100") long seed,
            @Default("3") int classes)
            implements Generator {

        public static final Spiral DEFAULT = new Spiral(300, 0.2, 100, 3);

        public Spiral {
            require(rows, noise, seed);
            Require.between("classes", classes, 2, MAXIMUM_CLASSES);
        }

        @Override
        public List<Heading> headings() {
            return List.of(Heading.numeric("x1"), Heading.numeric("x2"), Heading.numeric("y"));
        }

        @Override
        public void forEachRow(RowConsumer consumer) throws IOException {
            var random = new NumpyRandom(seed);
            for (int k = 0; k < classes; k++) {
                int count = rowsOf(k, rows, classes);
                for (int i = 0; i < count; i++) {
                    double radius = linspace(0, 1, count, i);
                    double angle = linspace(4.0 * k, 4.0 * (k + 1), count, i) + noise * random.randn();
                    consumer.row(new double[] {radius * StrictMath.sin(angle), radius * StrictMath.cos(angle), k});
                }
            }
        }
    }

    /// How many of the rows class `k` gets; what cannot be shared goes to the first ones.
    private static int rowsOf(int k, int rows, int classes) {
        return rows / classes + (k < rows % classes ? 1 : 0);
    }

    /// Number `i` of NumPy's `linspace(start, end, rows)`.
    private static double linspace(double start, double end, int rows, int i) {
        if (i == 0) {
            return start;
        }
        return i == rows - 1 ? end : i * ((end - start) / (rows - 1)) + start;
    }

    private static void require(int rows, double noise, long seed) {
        Require.between("rows", rows, 1, MAXIMUM_ROWS);
        Require.notNegative("noise", noise);
        Require.between("seed", seed, 0, NumpyRandom.MAXIMUM_SEED);
    }
}
