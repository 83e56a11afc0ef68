package dev.descent.model;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Heading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Points among all that a model could be asked: one or two of its numeric columns vary, the others are held. Point
/// `(i, j)`, the i-th x of the j-th y, is number `j * x.points + i`.
///
/// @param columns the model's features
/// @param y null where only x varies
/// @param held a cell for each column; those that vary are not read
public record Plane(List<Heading> columns, Span x, @Nullable Span y, double[] held) {

    /// A column that varies: `points` numbers at equal distances, both ends included.
    ///
    /// @param place of the column among the features
    public record Span(int place, String column, double from, double to, int points) {

        double at(int i) {
            return i == points - 1 ? to : from + (to - from) * i / (points - 1);
        }

        double[] values() {
            double[] values = new double[points];
            for (int i = 0; i < points; i++) {
                values[i] = at(i);
            }
            return values;
        }
    }

    /// How many points there are.
    public int size() {
        return y == null ? x.points : x.points * y.points;
    }

    /// A cell for each column at one of the points.
    double[] cells(int point) {
        double[] cells = held.clone();
        cells[x.place] = x.at(point % x.points);
        if (y != null) {
            cells[y.place] = y.at(point / x.points);
        }
        return cells;
    }

    /// What the columns that do not vary are held at: a number or a category.
    Map<String, Object> heldValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < held.length; i++) {
            Heading column = columns.get(i);
            if (i != x.place && (y == null || i != y.place)) {
                values.put(
                        column.name(),
                        column.type() == ColumnType.NUMERIC
                                ? held[i]
                                : column.categories().get((int) held[i]));
            }
        }
        return values;
    }
}
