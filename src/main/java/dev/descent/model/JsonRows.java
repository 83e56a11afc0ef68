package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import dev.descent.fault.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads rows of JSON into cells: a number, or a category's code. Collects up to [#MOST] complaints, each with the
/// pointer to its value.
final class JsonRows {

    private static final int MOST = 20;
    private static final int MOST_SHOWN = 80;

    /// How languages print numbers that are none; said in text, they are refused as such.
    private static final Set<String> NOT_FINITE =
            Set.of("NaN", "nan", "Infinity", "+Infinity", "-Infinity", "inf", "-inf");

    private final List<Heading> columns;
    private final List<String> names;
    private final List<Violation> violations = new ArrayList<>();
    private boolean malformed;

    private JsonRows(List<Heading> columns) {
        this.columns = columns;
        this.names = columns.stream().map(Heading::name).toList();
    }

    /// The cells of each row (rows x columns); refuses them all when one cannot be read.
    static double[][] read(List<Heading> columns, List<JsonNode> rows) {
        JsonRows reader = new JsonRows(columns);
        double[][] cells = new double[rows.size()][columns.size()];
        for (int i = 0; i < cells.length && reader.violations.size() < MOST; i++) {
            reader.read(rows.get(i), "/rows/" + i, cells[i]);
        }
        reader.end();
        return cells;
    }

    private void end() {
        if (malformed) {
            throw new RowsMalformed(violations);
        }
        if (!violations.isEmpty()) {
            throw new RowsRefused(violations);
        }
    }

    private void read(JsonNode row, String pointer, double[] cells) {
        if (row.isObject()) {
            readNamed(row, pointer, cells);
        } else if (row.isArray()) {
            readListed(row, pointer, cells);
        } else {
            wrongType(pointer, "a row must be an object from column to value, or a list of values");
        }
    }

    private void readListed(JsonNode row, String pointer, double[] cells) {
        if (row.size() != cells.length) {
            String message = "the row has " + row.size() + " values, the model has " + cells.length + " columns: "
                    + String.join(", ", names);
            refused(new Violation(pointer, "shape", message, row.size()));
            return;
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(columns.get(i), row.get(i), pointer + "/" + i);
        }
    }

    private void readNamed(JsonNode row, String pointer, double[] cells) {
        for (Map.Entry<String, JsonNode> property : row.properties()) {
            if (!names.contains(property.getKey())) {
                String message = "the model has no column " + abridged(property.getKey()) + "; it has "
                        + String.join(", ", names);
                refused(violation(pointer + "/" + escaped(property.getKey()), "unknown-column", message, names));
            }
        }
        for (int i = 0; i < cells.length; i++) {
            String name = names.get(i);
            JsonNode value = row.get(name);
            String place = pointer + "/" + escaped(name);
            if (value == null) {
                refused(new Violation(place, "missing-column", "the row has no value for column " + name));
            } else {
                cells[i] = cell(columns.get(i), value, place);
            }
        }
    }

    private double cell(Heading column, JsonNode value, String pointer) {
        if (value.isNull()) {
            String message = "column " + column.name() + " must have a value, not null";
            refused(new Violation(pointer, "required", message));
            return 0;
        }
        return column.type() == ColumnType.NUMERIC ? number(column, value, pointer) : category(column, value, pointer);
    }

    private double number(Heading column, JsonNode value, String pointer) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        String message = "column " + column.name() + " must be a finite number";
        if (value.isString() && NOT_FINITE.contains(value.stringValue())) {
            refused(new Violation(pointer, "non-finite", message, value.stringValue()));
        } else {
            wrongType(pointer, message);
        }
        return 0;
    }

    private double category(Heading column, JsonNode value, String pointer) {
        if (!value.isString()) {
            wrongType(pointer, "column " + column.name() + " must be text, one of its categories");
            return 0;
        }
        int code = column.categories().indexOf(value.stringValue());
        if (code < 0) {
            String found = abridged(value.stringValue());
            String message = "column " + column.name() + " had no category " + found + " in training";
            List<String> allowed = column.categories().stream().limit(100).toList();
            refused(new Violation(pointer, "unseen-category", message, found, allowed, null, null));
        }
        return code;
    }

    private void wrongType(String pointer, String message) {
        malformed = true;
        refused(new Violation(pointer, "wrong-type", message));
    }

    private void refused(Violation violation) {
        if (violations.size() < MOST) {
            violations.add(violation);
        }
    }

    private static Violation violation(String pointer, String code, String message, List<String> allowed) {
        return new Violation(pointer, code, message, null, allowed, null, null);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String abridged(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
