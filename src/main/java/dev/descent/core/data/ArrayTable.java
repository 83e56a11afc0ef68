package dev.descent.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns an array, and another with a label for each of its rows, into a table.
///
/// The first dimension counts the rows. What a row holds, in row order, are the columns `x0`, `x1` and so on, or
/// `value`
/// where it is one number; the labels are the last column, `label`. Whole labels become categories, named by their
/// numbers; everything else is numeric, unless it is declared otherwise.
public final class ArrayTable {

    static final String LABEL = "label";
    private static final String VALUE = "value";

    private final List<ArrayFile> files = new ArrayList<>();
    private final TableLimits limits;
    private final boolean missingAllowed;
    private final List<String> names = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<@Nullable TreeSet<Double>> categories = new ArrayList<>();
    private final boolean[] anyMissing;
    private final boolean[] anyValue;
    private final StorageSurvey survey;
    private long rounded;

    private ArrayTable(ArrayFile file, @Nullable ArrayFile labels, TextOptions options, TableLimits limits) {
        this.limits = limits;
        missingAllowed = options.missing().stream().anyMatch(marker -> marker.equalsIgnoreCase("nan"));
        files.add(file);
        requireSize(file);
        if (labels != null) {
            files.add(labels);
            requireSize(labels);
            requireLabels(file, labels);
        }
        nameColumns(file, labels, options);
        anyMissing = new boolean[names.size()];
        anyValue = new boolean[names.size()];
        survey = new StorageSurvey(names.size());
    }

    /// Writes the table to `target`, which stays open; what was written before an [InvalidTable] is worthless. Of the
    /// options those are read that can be said of numbers: `types`, and whether `NaN` is `missing`.
    public static TableSummary write(
            ArrayFile file, @Nullable ArrayFile labels, TextOptions options, TableLimits limits, OutputStream target)
            throws IOException {
        return new ArrayTable(file, labels, options, limits).write(target);
    }

    private void requireSize(ArrayFile file) {
        ArrayHead head = file.head();
        if (head.rows() == 0 || head.columns() == 0) {
            throw ArrayFile.flaw(file.part(), "no-rows", "the array (" + head.extent() + ") holds no number");
        }
        if (head.rows() > limits.rows()) {
            throw ArrayFile.flaw(
                    file.part(),
                    "too-many-rows",
                    "the array (" + head.extent() + ") has " + head.rows() + " rows; a table may have "
                            + limits.rows());
        }
        if (head.columns() > limits.columns()) {
            throw ArrayFile.flaw(
                    file.part(),
                    "too-many-columns",
                    "a row of the array (" + head.extent() + ") has " + head.columns() + " numbers; a table may have "
                            + limits.columns() + " columns");
        }
    }

    private static void requireLabels(ArrayFile file, ArrayFile labels) {
        if (labels.head().columns() != 1) {
            throw ArrayFile.flaw(
                    labels.part(),
                    "labels-shape",
                    "the array (" + labels.head().extent() + ") has more than one number for each row"
                            + (file.head().columns() == 1 ? "; the two files seem to have changed places" : ""));
        }
        if (labels.head().rows() != file.head().rows()) {
            throw ArrayFile.flaw(
                    labels.part(),
                    "row-mismatch",
                    "there are " + labels.head().rows() + " labels for the "
                            + file.head().rows() + " rows of " + file.part());
        }
    }

    private void nameColumns(ArrayFile file, @Nullable ArrayFile labels, TextOptions options) {
        long columns = file.head().columns();
        if (columns == 1 && file.head().shape().length == 1) {
            names.add(VALUE);
        } else {
            for (int i = 0; i < columns; i++) {
                names.add("x" + i);
            }
        }
        if (labels != null) {
            names.add(LABEL);
        }
        for (String declared : options.types().keySet()) {
            if (!names.contains(declared)) {
                throw new InvalidTable(new Flaw(
                        "unknown-column", "types names the column " + declared + ", which the table does not have"));
            }
        }
        for (String name : names) {
            boolean wholeLabel = labels != null
                    && name.equals(LABEL)
                    && labels.head().element().isWhole();
            ColumnType type =
                    options.types().getOrDefault(name, wholeLabel ? ColumnType.CATEGORICAL : ColumnType.NUMERIC);
            types.add(type);
            categories.add(type == ColumnType.CATEGORICAL ? new TreeSet<>() : null);
        }
    }

    private TableSummary write(OutputStream target) throws IOException {
        surveyAll();
        List<Heading> headings = new ArrayList<>();
        List<double[]> codes = new ArrayList<>();
        List<Storage> storages = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            TreeSet<Double> texts = categories.get(i);
            if (texts == null) {
                headings.add(Heading.numeric(names.get(i)));
                codes.add(new double[0]);
                storages.add(survey.narrowest().get(i));
            } else {
                headings.add(Heading.categorical(
                        names.get(i), texts.stream().map(Target::label).toList()));
                codes.add(texts.stream().mapToDouble(Double::doubleValue).toArray());
                Storage code = Storage.BYTE.with(texts.size() - 1);
                storages.add(anyMissing[i] ? code.with(Double.NaN) : code);
            }
        }
        var writer = new TableWriter(target, headings, storages, rows());
        forEachRow(files, cells -> {
            for (int i = 0; i < cells.length; i++) {
                if (categories.get(i) != null && !Double.isNaN(cells[i])) {
                    cells[i] = Arrays.binarySearch(codes.get(i), cells[i] + 0.0);
                }
            }
            writer.row(cells);
        });
        return TableSummary.of(rows(), writer.finish(), warnings());
    }

    private long rows() {
        return files.getFirst().head().rows();
    }

    /// The first reading: storages, categories, and whether every cell can be taken. Bytes need none.
    private void surveyAll() throws IOException {
        int from = 0;
        for (ArrayFile file : files) {
            int first = from;
            int columns = Math.toIntExact(file.head().columns());
            List<ColumnType> own = types.subList(first, first + columns);
            if (!file.head().element().isByte() || own.contains(ColumnType.CATEGORICAL)) {
                survey(file, first);
            } else {
                Arrays.fill(anyValue, first, first + columns, true);
            }
            from += columns;
        }
        Flaws flaws = new Flaws();
        for (int i = 0; i < anyValue.length; i++) {
            if (!anyValue[i]) {
                int column = i;
                flaws.add(() -> new Flaw(
                        "all-missing", "column " + names.get(column) + " has no value in any row", null, column + 1));
            }
        }
        flaws.throwIfAny();
    }

    private void survey(ArrayFile file, int first) throws IOException {
        Flaws flaws = new Flaws();
        long[] row = {0};
        forEachRow(List.of(file), cells -> {
            for (int i = 0; i < cells.length; i++) {
                see(file, row[0], first + i, cells[i], flaws);
            }
            row[0]++;
        });
        flaws.throwIfAny();
    }

    private void see(ArrayFile file, long row, int column, double cell, Flaws flaws) {
        if (Double.isFinite(cell)) {
            anyValue[column] = true;
        } else if (Double.isNaN(cell) && missingAllowed) {
            anyMissing[column] = true;
        } else {
            flaws.add(() -> new Flaw(
                    "non-finite",
                    file.part() + ": row " + row + " (counted from 0), column " + names.get(column) + " holds " + cell
                            + (Double.isNaN(cell) ? "; missing=NaN takes it for a missing cell" : ""),
                    null,
                    column + 1,
                    file.part()));
        }
        TreeSet<Double> texts = categories.get(column);
        if (texts == null) {
            survey.add(column, cell);
        } else if (Double.isFinite(cell) && texts.add(cell + 0.0) && texts.size() > limits.categories()) {
            throw new InvalidTable(new Flaw(
                    "too-many-categories",
                    "column " + names.get(column) + " holds more than " + limits.categories()
                            + " different values; declare it numeric (types=" + names.get(column) + ":numeric)",
                    null,
                    column + 1,
                    file.part()));
        }
    }

    /// Reads `chosen` side by side to their ends.
    private void forEachRow(List<ArrayFile> chosen, Generator.RowConsumer consumer) throws IOException {
        int columns = chosen.stream()
                .mapToInt(file -> Math.toIntExact(file.head().columns()))
                .sum();
        double[] cells = new double[columns];
        List<ArrayReader> readers = new ArrayList<>();
        try {
            for (ArrayFile file : chosen) {
                readers.add(new ArrayReader(file));
            }
            for (long row = 0; row < rows(); row++) {
                int at = 0;
                for (int i = 0; i < readers.size(); i++) {
                    readers.get(i).next(cells, at);
                    at += Math.toIntExact(chosen.get(i).head().columns());
                }
                consumer.row(cells);
            }
            for (ArrayReader reader : readers) {
                reader.requireEnd();
            }
            rounded = readers.stream().mapToLong(ArrayReader::inexact).sum();
        } finally {
            for (ArrayReader reader : readers) {
                reader.close();
            }
        }
    }

    private List<Warning> warnings() {
        return rounded == 0
                ? List.of()
                : List.of(new Warning(
                        "precision-loss", rounded + " integers were rounded to 64-bit floating point", null));
    }
}
