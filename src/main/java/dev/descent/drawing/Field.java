package dev.descent.drawing;

import java.util.List;

/// What a [HeatMap] shows at each point of a regular grid, the row of the least y first, each from the least x on:
/// point `(column, row)` is at `row * columns + column`. The arrays are not copied.
public sealed interface Field {

    /// Points in a row; at least two.
    int columns();

    /// Numbers, in the colours of a scale.
    record Values(int columns, double[] values, ColourScale scale) implements Field {
        public Values {
            check(columns, values.length);
        }
    }

    /// Classes in their colours, the stronger the more certain, from 0 to 1, they are; class -1 is none.
    record Classes(int columns, int[] classes, double[] certainty, List<String> names) implements Field {
        public Classes {
            check(columns, classes.length);
            check(columns, certainty.length);
            names = List.copyOf(names);
        }
    }

    private static void check(int columns, int points) {
        if (columns < 2 || points < 2 * columns || points % columns != 0) {
            throw new IllegalArgumentException(points + " points are no grid of " + columns + " columns");
        }
    }
}
