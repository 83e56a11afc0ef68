package dev.descent.drawing;

import java.util.List;

/// Several maps side by side, row by row, under one title.
///
/// @param columns maps in a row
public record Sheet(String title, int columns, List<HeatMap> maps) implements Picture {

    public Sheet {
        maps = List.copyOf(maps);
        if (columns < 1 || maps.isEmpty()) {
            throw new IllegalArgumentException(maps.size() + " maps in " + columns + " columns");
        }
    }

    /// A sheet about as wide as it is high.
    public static Sheet square(String title, List<HeatMap> maps) {
        return new Sheet(title, (int) Math.ceil(Math.sqrt(maps.size())), maps);
    }
}
