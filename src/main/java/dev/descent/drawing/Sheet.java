package dev.descent.drawing;

import java.util.List;

/// Several figures side by side, row by row, under one title.
///
/// @param columns figures in a row
public record Sheet(String title, int columns, List<? extends Figure> figures) implements Picture {

    public Sheet {
        figures = List.copyOf(figures);
        if (columns < 1 || figures.isEmpty()) {
            throw new IllegalArgumentException(figures.size() + " figures in " + columns + " columns");
        }
    }

    /// A sheet with about as many rows as columns.
    public static Sheet square(String title, List<? extends Figure> figures) {
        return new Sheet(title, (int) Math.ceil(Math.sqrt(figures.size())), figures);
    }
}
