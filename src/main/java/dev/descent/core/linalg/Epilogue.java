package dev.descent.core.linalg;

/// What becomes of a product's output while it is still in the nearest cache.
public interface Epilogue {

    /// Called once for every rectangle of the output when its entries are final, by the `part`-th of the threads that
    /// share the product; together the rectangles cover the output.
    void apply(int part, int firstRow, int lastRow, int firstColumn, int lastColumn);
}
