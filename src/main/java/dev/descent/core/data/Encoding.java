package dev.descent.core.data;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
        Map<String, Heading> byName = new HashMap<>();
        headings.forEach(heading -> byName.put(heading.name(), heading));
        List<Heading> chosen = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            Heading found = byName.get(names.get(i));
            Heading heading = found != null ? found : named(headings, names.get(i), "/" + i);
            if (!taken.add(heading.name())) {
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

    /// Reads these columns from their table.
    public Cells read(Table table) throws IOException {
        return table.cells(places(table));
    }

    /// The bytes that a row's cells of these columns take in memory, as [#read] keeps them.
    public long bytesPerRow(Table table) {
        return table.bytesPerRow(places(table));
    }

    private int[] places(Table table) {
        Map<String, Integer> places = new HashMap<>();
        for (Heading heading : table.headings()) {
            places.put(heading.name(), places.size());
        }
        return columns.stream().mapToInt(column -> places.get(column.name())).toArray();
    }

    /// Refuses rows with a missing cell: a network has no input for them.
    public void requireComplete(Cells cells, int[] rows) {
        for (int i = 0; i < cells.columns(); i++) {
            int column = i;
            long missing = Arrays.stream(rows)
                    .filter(row -> Double.isNaN(cells.get(column, row)))
                    .count();
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
    public FittedScaling fit(Scaling scaling, Cells cells, int[] rows, Consumer<Warning> warnings) {
        int[] numbers = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).type() == ColumnType.NUMERIC)
                .toArray();
        String[] names =
                Arrays.stream(numbers).mapToObj(i -> columns.get(i).name()).toArray(String[]::new);
        FittedScaling narrow = FittedScaling.fit(scaling, cells.select(numbers), names, rows, warnings);
        FittedScaling wide = FittedScaling.identity(width());
        int from = 0;
        int to = 0;
        for (Heading column : columns) {
            if (column.type() == ColumnType.NUMERIC) {
                wide.offsets()[to] = narrow.offsets()[from];
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
    public Matrix matrix(Precision precision, Cells cells, int[] rows, FittedScaling scaling) {
        Matrix matrix = Matrix.create(precision, rows.length, width());
        double[] row = new double[columns.size()];
        double[] inputs = new double[width()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = cells.get(j, rows[i]);
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
