package dev.descent.core.data;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// How a column becomes what a network is to answer.
///
/// @param classes the labels, in the order of the outputs; empty for [Form#VALUE]
/// @param cells the number that each class has in the table; numeric columns may hold classes too
public record Target(String column, Form form, List<String> classes, double[] cells) {

    public enum Form {
        /// One output: the number itself.
        VALUE,
        /// One output: 1 for the second of two classes, 0 for the first.
        INDICATOR,
        /// One output a class: 1 for the row's own, 0 for the others.
        ONE_HOT
    }

    public static final int MAXIMUM_CLASSES = 1000;

    public Target {
        classes = List.copyOf(classes);
    }

    /// A number to be met; categories are refused.
    public static Target value(Heading heading) {
        if (heading.type() != ColumnType.NUMERIC) {
            throw new InvalidSpec(
                    "",
                    "target-type",
                    "column " + heading.name() + " holds categories; regression needs numbers",
                    heading.name());
        }
        return new Target(heading.name(), Form.VALUE, List.of(), new double[0]);
    }

    /// Two classes on one output. A numeric column has to hold 0 and 1, nothing else.
    public static Target indicator(Heading heading, double[] cells) {
        Target target = classes(heading, cells, Form.INDICATOR);
        boolean zeroAndOne = Arrays.equals(target.cells, new double[] {0, 1});
        if (target.classes.size() != 2 || !zeroAndOne) {
            throw new InvalidSpec(
                    "",
                    "target-type",
                    "column " + heading.name() + " has to hold two categories, or the numbers 0 and 1; it holds "
                            + shown(target.classes),
                    heading.name());
        }
        return target;
    }

    /// Two or more classes, each with an output. Of a numeric column every different number is a class.
    public static Target oneHot(Heading heading, double[] cells) {
        Target target = classes(heading, cells, Form.ONE_HOT);
        if (target.classes.size() < 2) {
            throw new InvalidSpec(
                    "",
                    "target-type",
                    "column " + heading.name() + " holds one class only; classification needs at least two",
                    heading.name());
        }
        return target;
    }

    private static Target classes(Heading heading, double[] cells, Form form) {
        double[] distinct = Arrays.stream(cells)
                .filter(cell -> !Double.isNaN(cell))
                .map(cell -> cell + 0.0)
                .sorted()
                .distinct()
                .toArray();
        if (distinct.length > MAXIMUM_CLASSES) {
            throw new InvalidSpec(
                    "",
                    "too-many-classes",
                    "column " + heading.name() + " holds " + distinct.length
                            + " different values; classification takes up to " + MAXIMUM_CLASSES,
                    heading.name());
        }
        return switch (heading.type()) {
            case NUMERIC ->
                new Target(
                        heading.name(),
                        form,
                        Arrays.stream(distinct).mapToObj(Target::label).toList(),
                        distinct);
            case CATEGORICAL -> {
                double[] codes = new double[heading.categories().size()];
                Arrays.setAll(codes, i -> i);
                yield new Target(heading.name(), form, heading.categories(), codes);
            }
        };
    }

    /// The class that a number is, in words.
    public static String label(double number) {
        return number == StrictMath.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String shown(List<String> classes) {
        String first = String.join(", ", classes.subList(0, Math.min(5, classes.size())));
        return classes.size() > 5 ? first + " and " + (classes.size() - 5) + " more" : first;
    }

    /// The number of outputs.
    public int width() {
        return form == Form.ONE_HOT ? classes.size() : 1;
    }

    /// The place of the class that a cell holds.
    public int classOf(double cell) {
        int place = Arrays.binarySearch(cells, cell + 0.0);
        if (place < 0) {
            throw new IllegalArgumentException("no class " + cell + " in column " + column);
        }
        return place;
    }

    /// Fits `scaling` to a number's column; classes are not scaled.
    public FittedScaling fit(Scaling scaling, double[] cells, int[] rows, Consumer<Warning> warnings) {
        return form == Form.VALUE
                ? FittedScaling.fit(scaling, Cells.of(new double[][] {cells}), new String[] {column}, rows, warnings)
                : FittedScaling.identity(width());
    }

    /// The scaled targets of the given rows (rows x width); cells must not be missing.
    public Matrix matrix(Precision precision, double[] cells, int[] rows, FittedScaling scaling) {
        Matrix matrix = Matrix.create(precision, rows.length, width());
        write(matrix, 0, cells, rows, scaling);
        return matrix;
    }

    /// Writes the targets of the given rows into the columns from `at` on, which `scaling` counts as they are counted
    /// there.
    void write(Matrix matrix, int at, double[] cells, int[] rows, FittedScaling scaling) {
        for (int i = 0; i < rows.length; i++) {
            double cell = cells[rows[i]];
            switch (form) {
                case VALUE -> matrix.set(i, at, scaling.apply(at, cell));
                case INDICATOR -> matrix.set(i, at, classOf(cell));
                case ONE_HOT -> matrix.set(i, at + classOf(cell), 1);
            }
        }
    }
}
