package dev.descent.core.linalg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of a matrix whose indices stand in a stretch of an array, in that order; an index may come again.
///
/// Both are read when a product is, not copied before: who changes one of them selects anew.
public final class Selection implements Rows {

    private final Matrix source;
    private final int capacity;
    private int[] indices = {};
    private int first;
    private int count;
    private @Nullable Matrix copy; // made when it is first wanted
    private boolean copied;

    /// No rows yet; never more than `capacity`.
    public Selection(Matrix source, int capacity) {
        this.source = source;
        this.capacity = capacity;
    }

    /// Selects the rows with the `count` indices from `first` on.
    public void select(int[] indices, int first, int count) {
        if (count > capacity) {
            throw new IllegalArgumentException(count + " rows; this selection has room for " + capacity);
        }
        for (int i = first; i < first + count; i++) {
            Objects.checkIndex(indices[i], source.rows());
        }
        this.indices = indices;
        this.first = first;
        this.count = count;
        copied = false;
    }

    @Override
    public int rows() {
        return count;
    }

    @Override
    public int columns() {
        return source.columns();
    }

    @Override
    public Matrix gathered() {
        Matrix rows = copy;
        if (rows == null) {
            rows = Matrix.create(source.precision(), capacity, source.columns());
            copy = rows;
        }
        if (!copied) {
            rows.gather(source, indices, first, count);
            copied = true;
        }
        return rows;
    }

    Matrix source() {
        return source;
    }

    int[] indices() {
        return indices;
    }

    int first() {
        return first;
    }
}
