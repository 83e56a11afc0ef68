package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads rows of JSON into cells: a number, or a category's code. Each complaint has the pointer to its value.
final class JsonRows {

    /// How languages print numbers that are none; said in text, they are refused as such.
    static final Set<String> NOT_FINITE = Set.of("NaN", "nan", "Infinity", "+Infinity", "-Infinity", "inf", "-inf");

    private final List<Heading> columns;
    private final List<String> names;
    private final Set<String> known;
    private final Complaints complaints;

    JsonRows(List<Heading> columns, Complaints complaints) {
        this.columns = columns;
        this.names = columns.stream().map(Heading::name).toList();
        this.known = Set.copyOf(names);
        this.complaints = complaints;
    }

    /// The cells of each row of a request (rows x columns); refuses them all when one cannot be read.
    static double[][] read(List<Heading> columns, List<JsonNode> rows) {
        var complaints = new Complaints();
        var reader = new JsonRows(columns, complaints);
        double[][] cells = new double[rows.size()][columns.size()];
        for (int i = 0; i < cells.length && !complaints.full(); i++) {
            reader.read(rows.get(i), "/rows/" + i, cells[i]);
        }
        complaints.throwIfAny();
        return cells;
    }

    void read(JsonNode row, String pointer, double[] cells) {
        if (row.isObject()) {
            readNamed(row, pointer, cells);
        } else if (row.isArray()) {
            readListed(row, pointer, cells);
        } else {
            complaints.wrongType(pointer, "a row must be an object from column to value, or a list of values");
        }
    }

    private void readListed(JsonNode row, String pointer, double[] cells) {
        if (row.size() != cells.length) {
            String message = "the row has " + row.size() + " values, the model has " + cells.length + " columns: "
                    + String.join(", ", names);
            complaints.refused(pointer, "shape", message, row.size(), List.of());
            return;
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(columns.get(i), row.get(i), pointer + "/" + i);
        }
    }

    private void readNamed(JsonNode row, String pointer, double[] cells) {
        for (Map.Entry<String, JsonNode> property : row.properties()) {
            if (!known.contains(property.getKey())) {
                complaints.unknownColumn(pointer + "/" + escaped(property.getKey()), property.getKey(), names);
            }
        }
        for (int i = 0; i < cells.length; i++) {
            JsonNode value = row.get(names.get(i));
            String place = pointer + "/" + escaped(names.get(i));
            if (value == null) {
                complaints.missingColumn(place, names.get(i));
            } else {
                cells[i] = cell(columns.get(i), value, place);
            }
        }
    }

    private double cell(Heading column, JsonNode value, String pointer) {
        if (value.isNull()) {
            complaints.missingValue(pointer, column);
            return 0;
        }
        return column.type() == ColumnType.NUMERIC ? number(column, value, pointer) : category(column, value, pointer);
    }

    private double number(Heading column, JsonNode value, String pointer) {
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        if (value.isNumber() || (value.isString() && NOT_FINITE.contains(value.stringValue()))) {
            complaints.notFinite(pointer, column, value.asString());
        } else {
            complaints.wrongType(pointer, "column " + column.name() + " must be a finite number");
        }
        return 0;
    }

    private double category(Heading column, JsonNode value, String pointer) {
        if (!value.isString()) {
            complaints.wrongType(pointer, "column " + column.name() + " must be text, one of its categories");
            return 0;
        }
        int code = column.categories().indexOf(value.stringValue());
        if (code < 0) {
            complaints.unseenCategory(pointer, column, value.stringValue());
        }
        return code;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
