package dev.descent.core.data;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Which columns of a table become which inputs of a network, in order: a numeric column is one input, a categorical
/// column with k categories is k inputs, of which the one of the row's category is 1 and the others are 0.
///
/// Scaling is for numbers: the inputs of categories stay as they are.
public record Encoding(List<Heading> columns) {

    public Encoding {
        columns = List.copyOf(columns);
    }

    /// Takes the columns with these names; an [InvalidSpec] pointing to the name that no column has, or that comes
    /// twice.
    public static Encoding of(List<Heading> headings, List<String> names) {
        List<Heading> chosen = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Heading heading = named(headings, names.get(i), "/" + i);
            if (chosen.contains(heading)) {
                throw new InvalidSpec(
                        "/" + i, "duplicate-column", "column " + names.get(i) + " is named twice", names.get(i));
            }
            chosen.add(heading);
        }
        return new Encoding(chosen);
    }

    /// The heading with this name; an [InvalidSpec] at `pointer` that lists the names there are.
    public static Heading named(List<Heading> headings, String name, String pointer) {
        return headings.stream()
                .filter(heading -> heading.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidSpec(
                        pointer,
                        "unknown-column",
                        "the dataset has no column of this name",
                        name,
                        headings.stream().map(Heading::name).limit(100).toList()));
    }

    /// The number of inputs.
    public int width() {
        return columns.stream().mapToInt(Encoding::width).sum();
    }

    /// What each input is: `age`, or `color=red`.
    public List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        for (Heading column : columns) {
            switch (column.type()) {
                case NUMERIC -> inputs.add(column.name());
                case CATEGORICAL -> column.categories().forEach(category -> inputs.add(column.name() + "=" + category));
            }
        }
        return inputs;
    }

    private static int width(Heading column) {
        return switch (column.type()) {
            case NUMERIC -> 1;
            case CATEGORICAL -> column.categories().size();
        };
    }

    /// Reads the cells of these columns from their table: `[column][row]`.
    public double[][] read(Table table) throws IOException {
        return table.columns(columns.stream()
                .mapToInt(column -> table.indexOf(column.name()))
                .toArray());
    }

    /// Refuses rows with a missing cell: a network has no input for them.
    public void requireComplete(double[][] cells, int[] rows) {
        for (int i = 0; i < cells.length; i++) {
            double[] column = cells[i];
            long missing =
                    Arrays.stream(rows).filter(row -> Double.isNaN(column[row])).count();
            if (missing > 0) {
                throw new InvalidSpec(
                        "/" + i,
                        "missing-values",
                        "column " + columns.get(i).name() + " has no value in " + missing
                                + " rows; leave out the rows or the column",
                        columns.get(i).name());
            }
        }
    }

    /// Fits `scaling` to the numeric columns in the given rows; the result is as wide as the inputs.
    public FittedScaling fit(Scaling scaling, double[][] cells, int[] rows, Consumer<Warning> warnings) {
        List<double[]> numbers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            if (columns.get(i).type() == ColumnType.NUMERIC) {
                numbers.add(cells[i]);
                names.add(columns.get(i).name());
            }
        }
        FittedScaling narrow = FittedScaling.fit(
                scaling, numbers.toArray(new double[0][]), names.toArray(new String[0]), rows, warnings);
        FittedScaling wide = FittedScaling.identity(width());
        int from = 0;
        int to = 0;
        for (Heading column : columns) {
            if (column.type() == ColumnType.NUMERIC) {
                wide.means()[to] = narrow.means()[from];
                wide.divisors()[to] = narrow.divisors()[from];
                from++;
            }
            to += width(column);
        }
        return wide;
    }

    /// Writes the inputs of one row to `out`: `cells` has one entry per column, `out` one per input.
    public void encode(double[] cells, double[] out) {
        int to = 0;
        for (int i = 0; i < cells.length; i++) {
            Heading column = columns.get(i);
            switch (column.type()) {
                case NUMERIC -> out[to] = cells[i];
                case CATEGORICAL -> {
                    Arrays.fill(out, to, to + width(column), 0);
                    out[to + (int) cells[i]] = 1;
                }
            }
            to += width(column);
        }
    }

    /// The scaled inputs of the given rows (rows x width).
    public Matrix matrix(Precision precision, double[][] cells, int[] rows, FittedScaling scaling) {
        Matrix matrix = Matrix.create(precision, rows.length, width());
        double[] row = new double[columns.size()];
        double[] inputs = new double[width()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = cells[j][rows[i]];
            }
            encode(row, inputs);
            scaling.apply(inputs);
            for (int j = 0; j < inputs.length; j++) {
                matrix.set(i, j, inputs[j]);
            }
        }
        return matrix;
    }
}
