package dev.descent.core.linalg;

/// Which neighbours of a matrix are neighbours in memory. No result depends on it, only how fast vectors come by their
/// lanes.
public enum Layout {
    /// An example's numbers stand together: what gathering a batch of wide rows wants.
    BY_ROWS,
    /// A column's numbers stand together, as in the lectures' (d x n): vectors run along the examples, of which there
    /// are
    /// many, where a layer has few units.
    BY_COLUMNS;

    private static final int NARROW = 32;

    /// The layout for a table of this many columns.
    static Layout of(int columns) {
        return columns <= NARROW ? BY_COLUMNS : BY_ROWS;
    }
}
