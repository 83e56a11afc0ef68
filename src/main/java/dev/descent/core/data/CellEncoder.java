package dev.descent.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The last reading of a text: every field becomes a number, every record a row of the table.
final class CellEncoder extends Rows {

    /// Numbers of a column that were taken otherwise than written, and the first line with one.
    private static final class Oddities {
        private long underflow;
        private long imprecise;
        private long leadingZeros;
        private long line;
    }

    /// Characters of a field that a message repeats.
    private static final int SHOWN = 40;

    private final List<Heading> headings;
    private final TableWriter writer;
    private final Numeral numeral;
    private final double[] row;
    private final Flaws flaws = new Flaws();
    private final List<Map<String, Integer>> codes = new ArrayList<>();
    private final Oddities[] oddities;

    CellEncoder(Survey.Plan plan, TextOptions options, List<Heading> headings, TableWriter writer) {
        super(plan, options);
        this.headings = headings;
        this.writer = writer;
        this.numeral = new Numeral(options.decimal());
        this.row = new double[headings.size()];
        this.oddities = new Oddities[headings.size()];
        for (Heading heading : headings) {
            Map<String, Integer> places = new HashMap<>();
            for (String category : heading.categories()) {
                places.put(category, places.size());
            }
            codes.add(places);
        }
    }

    @Override
    void cell(int column, boolean missing, char[] buffer, int offset, int length) {
        if (missing) {
            row[column] = Double.NaN;
            return;
        }
        row[column] = switch (headings.get(column).type()) {
            case NUMERIC -> number(column, buffer, offset, length);
            case CATEGORICAL -> category(column, buffer, offset, length);
        };
    }

    private double category(int column, char[] buffer, int offset, int length) {
        Integer code = codes.get(column).get(new String(buffer, offset, length));
        if (code == null) {
            throw new IllegalStateException("the text changed while it was read");
        }
        return code;
    }

    private double number(int column, char[] buffer, int offset, int length) {
        switch (numeral.read(buffer, offset, length)) {
            case NUMBER -> {
                note(column);
                return numeral.value();
            }
            case NON_FINITE ->
                flaw(
                        "non-finite",
                        column,
                        buffer,
                        offset,
                        length,
                        "is not a finite number; name it in missing if it means that");
            case OUT_OF_RANGE ->
                flaw("out-of-range", column, buffer, offset, length, "is too large for a 64-bit number");
            case DECIMAL_COMMA ->
                flaw(
                        "decimal-comma",
                        column,
                        buffer,
                        offset,
                        length,
                        "has a comma where a point would stand; see the options delimiter and decimal");
            case FOREIGN, TEXT ->
                flaw(
                        "not-a-number",
                        column,
                        buffer,
                        offset,
                        length,
                        "is not a decimal number such as -1.5 or 2e-3; declare the column categorical to keep it as text");
        }
        return Double.NaN;
    }

    private void flaw(String code, int column, char[] buffer, int offset, int length, String what) {
        flaws.add(
                code,
                () -> {
                    String shown = new String(buffer, offset, Math.min(length, SHOWN)) + (length > SHOWN ? "..." : "");
                    return "\"" + shown + "\" in column " + headings.get(column).name() + " " + what;
                },
                line(),
                column + 1);
    }

    private void note(int column) {
        if (numeral.underflow() || numeral.imprecise() || numeral.leadingZeros()) {
            if (oddities[column] == null) {
                oddities[column] = new Oddities();
                oddities[column].line = line();
            }
            oddities[column].underflow += numeral.underflow() ? 1 : 0;
            oddities[column].imprecise += numeral.imprecise() ? 1 : 0;
            oddities[column].leadingZeros += numeral.leadingZeros() ? 1 : 0;
        }
    }

    @Override
    void endRow() {
        if (flaws.isEmpty()) {
            try {
                writer.row(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Refuses the text when a cell could not be read.
    void requireNoFlaws() {
        flaws.throwIfAny();
    }

    /// `before` and what was odd about the cells.
    List<Warning> warnings(List<Warning> before) {
        Warnings warnings = new Warnings(before);
        for (int i = 0; i < oddities.length; i++) {
            warnAboutNumbers(headings.get(i).name(), oddities[i], warnings);
            if (headings.get(i).categories().stream().anyMatch(text -> !text.equals(text.strip()))) {
                String name = headings.get(i).name();
                warnings.add(
                        "surrounding-space",
                        "some texts of column " + name + " begin or end with white space, kept as it is",
                        name);
            }
        }
        return warnings.list();
    }

    private static void warnAboutNumbers(String name, Oddities odd, Warnings warnings) {
        if (odd == null) {
            return;
        }
        String first = " (the first oddity in line " + odd.line + ")";
        if (odd.underflow > 0) {
            warnings.add(
                    "underflow",
                    odd.underflow + " numbers of column " + name + " are so small that they became 0" + first,
                    name);
        }
        if (odd.imprecise > 0) {
            warnings.add(
                    "precision-loss",
                    odd.imprecise + " integers of column " + name + " were rounded to 64-bit floating point" + first,
                    name);
        }
        if (odd.leadingZeros > 0) {
            warnings.add(
                    "leading-zeros",
                    odd.leadingZeros + " numbers of column " + name
                            + " were written with leading zeros, which are lost; declare the column categorical to keep them"
                            + first,
                    name);
        }
    }
}
