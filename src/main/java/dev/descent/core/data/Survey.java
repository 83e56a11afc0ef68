package dev.descent.core.data;

import dev.descent.core.data.Numeral.Reading;
import dev.descent.core.data.TextOptions.Header;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The first reading of a text: how many records and fields it has, what its columns are called and of which type.
///
/// Keeps a few numbers per column and the beginnings of the first record's fields, nothing else.
final class Survey implements TextRecords.Visitor {

    /// The texts, numbers and things between them that a column has held so far.
    private static final class Counts {
        private long numbers;
        private long texts;
        private long doubtful;
        private long firstTextLine;
        private Storage storage = Storage.BYTE;

        /// `value` is the number that was read, if it was one.
        void add(Reading reading, double value, long line) {
            switch (reading) {
                case NUMBER -> {
                    numbers++;
                    storage = storage.with(value);
                }
                case TEXT -> {
                    texts++;
                    firstTextLine = texts == 1 ? line : firstTextLine;
                }
                case NON_FINITE, OUT_OF_RANGE, FOREIGN, DECIMAL_COMMA -> doubtful++;
            }
        }

        void addMissing() {
            storage = storage.with(Double.NaN);
        }

        boolean looksNumeric() {
            return texts == 0 && numbers + doubtful > 0;
        }

        boolean allMissing() {
            return texts + numbers + doubtful == 0;
        }
    }

    /// A field of the first record: its text as far as a name may go, and what it would be as a cell.
    private record Opening(String text, boolean tooLong, boolean missing, Reading reading, double value) {}

    private final TextOptions options;
    private final TableLimits limits;
    private final Numeral numeral;
    private final MissingCells missingCells;
    private final Flaws flaws = new Flaws();
    private final List<Opening> first = new ArrayList<>();
    private final List<Counts> counts = new ArrayList<>();

    private long line;
    private long firstLine;
    private long records;
    private int fields;
    private boolean sawText;
    private long pendingBlankLines;
    private long blankLines;

    Survey(TextOptions options, TableLimits limits) {
        this.options = options;
        this.limits = limits;
        this.numeral = new Numeral(options.decimal());
        this.missingCells = new MissingCells(options.missing());
    }

    @Override
    public void blankLine() {
        pendingBlankLines++;
    }

    @Override
    public void begin(long line) {
        this.line = line;
        fields = 0;
        if (records == 0) {
            firstLine = line;
        } else {
            blankLines += pendingBlankLines;
        }
        pendingBlankLines = 0;
    }

    @Override
    public void field(char[] buffer, int offset, int length) {
        fields++;
        if (length > limits.fieldCharacters()) {
            throw new InvalidTable(new Flaw(
                    "field-too-long",
                    "a field has " + length + " characters; it may have " + limits.fieldCharacters(),
                    line,
                    fields));
        }
        refuseControlCharacters(buffer, offset, length);
        boolean missing = missingCells.contains(buffer, offset, length);
        Reading reading = missing ? Reading.TEXT : numeral.read(buffer, offset, length);
        sawText |= !missing;
        if (records == 0) {
            if (fields > limits.columns()) {
                throw new InvalidTable(new Flaw(
                        "too-many-columns", "a table may have " + limits.columns() + " columns", line, fields));
            }
            int kept = Math.min(length, TableLimits.NAME_CHARACTERS);
            first.add(new Opening(new String(buffer, offset, kept), kept < length, missing, reading, numeral.value()));
            counts.add(new Counts());
        } else if (fields <= counts.size() && missing) {
            counts.get(fields - 1).addMissing();
        } else if (fields <= counts.size()) {
            counts.get(fields - 1).add(reading, numeral.value(), line);
        }
    }

    private void refuseControlCharacters(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = buffer[i];
            boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c <= 0x9f;
            if (control) {
                flaws.add(
                        "control-character",
                        "a field holds the control character " + "U+%04X".formatted((int) c) + "; remove it",
                        line,
                        fields);
                return;
            }
        }
    }

    @Override
    public void end() {
        records++;
        if (fields != counts.size()) {
            flaws.add(
                    "ragged-row",
                    "this row has " + fields + " fields, the first has " + counts.size(),
                    line,
                    Math.min(fields, counts.size()) + 1);
        }
        if (records > limits.rows() + 1) {
            throw new InvalidTable(
                    new Flaw("too-many-rows", "a table may have " + limits.rows() + " rows", line, null));
        }
    }

    /// What the text turned out to be; an [InvalidTable] when it is no table.
    Plan plan() {
        if (records == 0 || !sawText && counts.size() == 1) {
            throw new InvalidTable(new Flaw("empty", "the upload holds nothing but white space"));
        }
        flaws.throwIfAny();
        boolean header = hasHeader();
        if (!header) {
            for (int i = 0; i < first.size(); i++) {
                if (first.get(i).missing()) {
                    counts.get(i).addMissing();
                } else {
                    counts.get(i).add(first.get(i).reading(), first.get(i).value(), firstLine);
                }
            }
        }
        long rows = header ? records - 1 : records;
        if (rows == 0) {
            throw new InvalidTable(new Flaw("no-rows", "there is a header but no row below it", firstLine + 1, null));
        }
        if (rows > limits.rows()) {
            throw new InvalidTable(
                    new Flaw("too-many-rows", "a table may have " + limits.rows() + " rows", line, null));
        }
        Warnings warnings = new Warnings(List.of());
        List<String> names = header ? names(warnings) : numberedNames();
        flaws.throwIfAny();
        warnAboutTheWhole(header, warnings);
        List<ColumnType> types = types(names, warnings);
        flaws.throwIfAny();
        List<Storage> storages = counts.stream().map(count -> count.storage).toList();
        return new Plan(names, types, storages, rows, header, warnings.list());
    }

    private boolean hasHeader() {
        return switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTO -> looksLikeHeader();
        };
    }

    /// A header is text above numbers, or text above text.
    private boolean looksLikeHeader() {
        boolean anyNumber = false;
        boolean anyText = false;
        for (int i = 0; i < first.size(); i++) {
            Opening opening = first.get(i);
            if (opening.missing()) {
                continue;
            }
            if (opening.reading() == Reading.TEXT) {
                anyText = true;
                if (counts.get(i).looksNumeric()) {
                    return true;
                }
            } else {
                anyNumber = true;
            }
        }
        return anyText && !anyNumber;
    }

    private List<String> names(Warnings warnings) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < first.size(); i++) {
            Opening opening = first.get(i);
            String name = Normalizer.normalize(opening.text().strip(), Normalizer.Form.NFC);
            names.add(name);
            if (opening.tooLong()) {
                flaws.add(
                        "field-too-long",
                        "a column's name may have " + TableLimits.NAME_CHARACTERS + " characters",
                        firstLine,
                        i + 1);
            } else if (name.isEmpty()) {
                flaws.add("blank-column", "column " + (i + 1) + " has no name", firstLine, i + 1);
            } else if (name.chars().anyMatch(Character::isISOControl)) {
                flaws.add("control-character", "a column's name holds a line break or a tab", firstLine, i + 1);
            } else {
                Integer before = places.putIfAbsent(name, i + 1);
                if (before != null) {
                    flaws.add(
                            "duplicate-column",
                            "column " + (i + 1) + " has the name " + name + ", which column " + before + " has already",
                            firstLine,
                            i + 1);
                }
            }
            if (!name.equals(opening.text())) {
                warnings.add("name-normalized", "the white space or accents of a name were normalized", name);
            }
        }
        return names;
    }

    private List<String> numberedNames() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= first.size(); i++) {
            names.add("column" + i);
        }
        return names;
    }

    private void warnAboutTheWhole(boolean header, Warnings warnings) {
        boolean numbers = first.stream().allMatch(opening -> !opening.missing() && opening.reading() == Reading.NUMBER);
        if (numbers && options.header() != Header.ABSENT) {
            warnings.add(
                    "header-looks-numeric",
                    header
                            ? "the first line holds only numbers and was read as the columns' names; header=absent reads it as a row"
                            : "the first line holds only numbers and was read as a row; header=present reads it as names",
                    null);
        }
        if (blankLines > 0) {
            warnings.add("blank-lines", blankLines + " blank lines between rows were passed over", null);
        }
    }

    private List<ColumnType> types(List<String> names, Warnings warnings) {
        for (String declared : options.types().keySet()) {
            if (!names.contains(declared)) {
                throw new InvalidTable(new Flaw(
                        "unknown-column", "types names the column " + declared + ", which the table does not have"));
            }
        }
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Counts count = counts.get(i);
            String name = names.get(i);
            ColumnType declared = options.types().get(name);
            if (count.allMissing()) {
                flaws.add("all-missing", "column " + name + " has no value in any row", firstLine, i + 1);
            }
            types.add(declared != null ? declared : count.texts == 0 ? ColumnType.NUMERIC : ColumnType.CATEGORICAL);
            if (declared == null && count.texts > 0 && count.numbers > 0) {
                warnings.add(
                        "mixed-column",
                        "column " + name + " holds " + count.numbers + " numbers and " + count.texts
                                + " texts (the first in line " + count.firstTextLine + ") and was read as categories",
                        name);
            }
        }
        return types;
    }

    /// The shape a text will be read in.
    ///
    /// @param storages of the cells taken as numbers
    record Plan(
            List<String> names,
            List<ColumnType> types,
            List<Storage> storages,
            long rows,
            boolean header,
            List<Warning> warnings) {

        boolean anyCategorical() {
            return types.contains(ColumnType.CATEGORICAL);
        }
    }
}
