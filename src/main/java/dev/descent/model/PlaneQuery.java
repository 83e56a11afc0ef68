package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.model.Plane.Span;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plane as a client asks for it, by the query parameters of these names.
///
/// @param at `column:value` for columns to be held
public record PlaneQuery(
        @Nullable String x,
        @Nullable String y,
        @Nullable Integer points,
        @Nullable Double xFrom,
        @Nullable Double xTo,
        @Nullable Double yFrom,
        @Nullable Double yTo,
        List<String> at) {

    static final int MAXIMUM_POINTS = 200;
    private static final int USUAL_POINTS = 50;
    private static final int MAXIMUM_CURVE = 10_000;
    private static final int USUAL_CURVE = 200;

    /// All `at` of a request, each whole, whatever commas are in it.
    public static List<String> held(HttpServletRequest request) {
        String[] values = request.getParameterValues("at");
        return values == null ? List.of() : List.of(values);
    }

    /// What is known of the columns of the data that a model was trained on.
    interface Known {

        /// The least and the greatest number of a numeric column; null where that is not known.
        double @Nullable [] range(String column);

        /// The mean of a numeric column, or the number of the most frequent category; null where that is not known.
        @Nullable
        Double usual(Heading column);
    }

    /// Without `x`, the first numeric columns that vary in the data are taken.
    Plane among(List<Heading> columns, Known known) {
        int across = x == null ? varying(columns, known, -1) : numeric(columns, x, "?x");
        if (across < 0) {
            throw refused("?x", "no-numeric-column", "the model has no numeric feature that varies", null);
        }
        int up = y == null ? x == null ? varying(columns, known, across) : -1 : numeric(columns, y, "?y");
        if (up == across) {
            throw refused("?y", "duplicate-column", "x and y are the same column", y);
        }
        if (up < 0 && (yFrom != null || yTo != null)) {
            throw refused(yFrom != null ? "?yFrom" : "?yTo", "unexpected", "without y there is no range of it", null);
        }
        int count = points(up >= 0);
        Span horizontal = span("x", across, columns, xFrom, xTo, count, known);
        Span vertical = up < 0 ? null : span("y", up, columns, yFrom, yTo, count, known);
        return new Plane(columns, horizontal, vertical, held(columns, across, up, known));
    }

    private static int varying(List<Heading> columns, Known known, int after) {
        for (int i = after + 1; i < columns.size(); i++) {
            double[] range = known.range(columns.get(i).name());
            if (columns.get(i).type() == ColumnType.NUMERIC && (range == null || range[0] < range[1])) {
                return i;
            }
        }
        return -1;
    }

    private static int numeric(List<Heading> columns, String name, String pointer) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                if (columns.get(i).type() != ColumnType.NUMERIC) {
                    throw refused(
                            pointer,
                            "not-numeric",
                            "column " + name + " holds categories; only numbers can vary",
                            name);
                }
                return i;
            }
        }
        throw unknown(columns, name, pointer);
    }

    private int points(boolean plane) {
        int most = plane ? MAXIMUM_POINTS : MAXIMUM_CURVE;
        int wanted = points == null ? plane ? USUAL_POINTS : USUAL_CURVE : points;
        if (wanted < 2 || wanted > most) {
            throw refused(
                    "?points",
                    "out-of-range",
                    "points must be between 2 and " + most + (plane ? " along each of two columns" : ""),
                    wanted);
        }
        return wanted;
    }

    private static Span span(
            String name,
            int place,
            List<Heading> columns,
            @Nullable Double from,
            @Nullable Double to,
            int points,
            Known known) {
        String column = columns.get(place).name();
        double[] range = from != null && to != null ? new double[] {from, to} : known.range(column);
        if (range == null) {
            throw refused(
                    "?" + name + (from == null ? "From" : "To"),
                    "range-unknown",
                    "the range of column " + column + " is not known, as the data is deleted; give " + name
                            + "From and " + name + "To",
                    null);
        }
        double low = from == null ? range[0] : from;
        double high = to == null ? range[1] : to;
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw refused(
                    "?" + name + (to == null ? "From" : "To"),
                    "out-of-range",
                    name + " would go from " + low + " to " + high + "; it has to go up, and by a finite number",
                    null);
        }
        return new Span(place, column, low, high, points);
    }

    private double[] held(List<Heading> columns, int across, int up, Known known) {
        double[] held = new double[columns.size()];
        boolean[] given = new boolean[columns.size()];
        for (String each : at) {
            int place = place(columns, each);
            String column = columns.get(place).name();
            if (place == across || place == up || given[place]) {
                String why = given[place] ? " is held twice" : " varies, so that it cannot be held";
                throw refused("?at", "duplicate-column", "column " + column + why, each);
            }
            held[place] = cell(columns.get(place), each.substring(column.length() + 1));
            given[place] = true;
        }
        for (int i = 0; i < held.length; i++) {
            if (!given[i] && i != across && i != up) {
                Double usual = known.usual(columns.get(i));
                if (usual == null) {
                    String column = columns.get(i).name();
                    throw refused(
                            "?at",
                            "value-unknown",
                            "what is usual in column " + column + " is not known, as the data is deleted; give at="
                                    + column + ":value",
                            null);
                }
                held[i] = usual;
            }
        }
        return held;
    }

    /// The column that `column:value` begins with; names may hold colons, so the longest counts.
    private static int place(List<Heading> columns, String each) {
        return columns.stream()
                .filter(column -> each.startsWith(column.name() + ":"))
                .max(Comparator.comparingInt(column -> column.name().length()))
                .map(columns::indexOf)
                .orElseThrow(() -> unknown(columns, each, "?at"));
    }

    private static double cell(Heading column, String text) {
        if (column.type() == ColumnType.CATEGORICAL) {
            int code = column.categories().indexOf(text);
            if (code < 0) {
                throw new Refused(
                        "validation-failed",
                        "Validation failed",
                        "column " + column.name() + " has no category " + text,
                        List.of(new Violation(
                                "?at",
                                "unknown-category",
                                "column " + column.name() + " has no such category",
                                text,
                                column.categories().stream().limit(100).toList(),
                                null,
                                null)));
            }
            return code;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as what is no finite number
        }
        throw refused("?at", "not-a-number", "column " + column.name() + " takes a finite number", text);
    }

    private static Refused unknown(List<Heading> columns, String given, String pointer) {
        String message = "the model has no feature " + given;
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(
                        pointer,
                        "unknown-column",
                        message,
                        given,
                        columns.stream().map(Heading::name).limit(100).toList(),
                        null,
                        null)));
    }

    static Refused refused(String pointer, String code, String message, @Nullable Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value)));
    }
}
