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

    /// How many rows it has.
    int rows();

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
            double step = 20.0 / (rows - 1);
            for (int i = 0; i < rows; i++) {
                double x = i == rows - 1 && i > 0 ? 10 : (i == 0 ? 0 : i * step) - 10;
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

    private static void require(int rows, double noise, long seed) {
        Require.between("rows", rows, 1, MAXIMUM_ROWS);
        Require.notNegative("noise", noise);
        Require.between("seed", seed, 0, NumpyRandom.MAXIMUM_SEED);
    }
}
