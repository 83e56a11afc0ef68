package dev.descent.model;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Rows of CSV (RFC 4180) whose header names the model's columns in any order. The target's column may be there too,
/// and is passed over.
final class CsvRows implements TextRows {

    private static final int LONGEST_RECORD = 1 << 20;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    private final List<Heading> columns;
    private final Complaints complaints;
    private final Iterator<CsvRecord> records;
    private final int[] places; // of each column in a record
    private final int fields; // of the header
    private long[] lines = new long[0];

    CsvRows(ModelDescription model, Reader text, Complaints complaints) {
        this.columns = model.features().columns();
        this.complaints = complaints;
        records = CsvReader.builder()
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_RECORD)
                .ofCsvRecord(text)
                .iterator();
        places = new int[columns.size()];
        fields = readHeader(
                model.targets().columns().stream().map(Target::column).toList());
    }

    private int readHeader(List<String> targets) {
        complaints.at(1L, null);
        if (!hasNext()) {
            complaints.refused("", "no-rows", "there is no header that names the columns", null, List.of());
            complaints.throwIfAny();
        }
        List<String> header = records.next().getFields();
        List<String> names = columns.stream().map(Heading::name).toList();
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            complaints.at(1L, i + 1);
            String name = header.get(i);
            if (found.put(name, i) != null) {
                complaints.refused("", "duplicate-column", "two columns have this name", name, List.of());
            }
            if (!names.contains(name) && !targets.contains(name)) {
                complaints.unknownColumn("", name, names);
            }
        }
        for (int i = 0; i < places.length; i++) {
            Integer place = found.get(names.get(i));
            if (place == null) {
                complaints.at(1L, null);
                complaints.missingColumn("", names.get(i));
            } else {
                places[i] = place;
            }
        }
        complaints.throwIfAny();
        return header.size();
    }

    @Override
    public int read(double[][] cells) {
        lines = new long[cells.length];
        int count = 0;
        while (count < cells.length && !complaints.full() && hasNext()) {
            CsvRecord row = records.next();
            lines[count] = row.getStartingLineNumber();
            read(row, cells[count++]);
        }
        complaints.throwIfAny();
        return count;
    }

    private boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException broken) {
            if (broken.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            complaints.at(null, null);
            boolean encoding = broken.getCause() instanceof CharacterCodingException;
            complaints.malformed(
                    "", encoding ? "encoding" : "csv", encoding ? "the text is not UTF-8" : complaint(broken));
            complaints.throwIfAny();
            return false;
        }
    }

    private static String complaint(CsvParseException broken) {
        return "the text is not CSV: " + broken.getMessage();
    }

    private void read(CsvRecord row, double[] cells) {
        complaints.at(row.getStartingLineNumber(), null);
        if (row.getFieldCount() != fields) {
            String message = "the row has " + row.getFieldCount() + " fields, the header " + fields;
            complaints.refused("", "ragged-row", message, row.getFieldCount(), List.of());
            return;
        }
        for (int i = 0; i < cells.length; i++) {
            complaints.at(row.getStartingLineNumber(), places[i] + 1);
            cells[i] = cell(columns.get(i), row.getField(places[i]));
        }
    }

    private double cell(Heading column, String field) {
        if (field.isEmpty()) {
            complaints.missingValue("", column);
            return 0;
        }
        if (column.type() == ColumnType.CATEGORICAL) {
            int code = column.categories().indexOf(field);
            if (code < 0) {
                complaints.unseenCategory("", column, field);
            }
            return code;
        }
        String text = field.strip();
        if (!NUMBER.matcher(text).matches()) {
            String message = "column " + column.name() + " must be a decimal number";
            String code = JsonRows.NOT_FINITE.contains(text) ? "non-finite" : "not-a-number";
            complaints.refused("", code, message, Complaints.abridged(field), List.of());
            return 0;
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            complaints.notFinite("", column, field);
        }
        return value;
    }

    @Override
    public long line(int i) {
        return lines[i];
    }
}
