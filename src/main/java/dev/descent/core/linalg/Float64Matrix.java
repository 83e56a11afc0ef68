package dev.descent.core.linalg;

import java.nio.ByteBuffer;
import org.ejml.data.DMatrixRMaj;

/// A [Matrix] of binary64 numbers.
///
/// The build makes `Float32Matrix` of this file by writing `float` for every `double` but those behind an empty
/// comment.
public final class Float64Matrix implements Matrix {

    private final Layout layout;
    private final DMatrixRMaj values; // the matrix by rows, or its transpose

    Float64Matrix(int rows, int columns, Layout layout) {
        this.layout = layout;
        values = layout == Layout.BY_ROWS ? new DMatrixRMaj(rows, columns) : new DMatrixRMaj(columns, rows);
    }

    /// The entries: (i, j) at `i rowStride + j columnStride`; what lies past the last is spare.
    public double[] data() {
        return values.data;
    }

    /// How far apart neighbours in a column are in [#data].
    public int rowStride() {
        return layout == Layout.BY_ROWS ? values.numCols : 1;
    }

    /// How far apart neighbours in a row are in [#data].
    public int columnStride() {
        return layout == Layout.BY_ROWS ? 1 : values.numCols;
    }

    /// Whether the entries of a row stand together.
    boolean isByRows() {
        return layout == Layout.BY_ROWS;
    }

    /// Whether entry for entry stands where `other`, of the same shape, has it.
    public boolean isLaidOutAs(Float64Matrix other) {
        return layout == other.layout || columns() == 1;
    }

    @Override
    public int rows() {
        return layout == Layout.BY_ROWS ? values.numRows : values.numCols;
    }

    @Override
    public int columns() {
        return layout == Layout.BY_ROWS ? values.numCols : values.numRows;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public /**/ double get(int row, int column) {
        return layout == Layout.BY_ROWS ? values.get(row, column) : values.get(column, row);
    }

    @Override
    public void set(int row, int column, /**/ double value) {
        if (layout == Layout.BY_ROWS) {
            values.set(row, column, (double) value);
        } else {
            values.set(column, row, (double) value);
        }
    }

    @Override
    public void resize(int rows) {
        if ((long) rows * columns() > values.data.length) {
            throw new IllegalArgumentException(
                    "no storage for " + rows + " rows of " + columns() + "; there is room for " + values.data.length);
        }
        if (layout == Layout.BY_ROWS) {
            values.numRows = rows;
        } else {
            values.numCols = rows;
        }
    }

    @Override
    public void gather(Matrix source, int[] indices, int offset, int count) {
        resize(count);
        Float64Matrix from = (Float64Matrix) source;
        double[] in = from.values.data;
        double[] out = values.data;
        int width = columns();
        if (layout == Layout.BY_ROWS && from.layout == Layout.BY_ROWS) {
            for (int i = 0; i < count; i++) {
                System.arraycopy(in, indices[offset + i] * width, out, i * width, width);
            }
            return;
        }
        for (int j = 0; j < width; j++) {
            int column = j * from.columnStride();
            int at = j * columnStride();
            for (int i = 0; i < count; i++) {
                out[at + i * rowStride()] = in[column + indices[offset + i] * from.rowStride()];
            }
        }
    }

    @Override
    public void copyRows(Matrix source, int first, int count) {
        resize(count);
        Float64Matrix from = (Float64Matrix) source;
        double[] in = from.values.data;
        double[] out = values.data;
        int width = columns();
        if (layout == Layout.BY_ROWS && from.layout == Layout.BY_ROWS) {
            System.arraycopy(in, first * width, out, 0, count * width);
            return;
        }
        for (int j = 0; j < width; j++) {
            int column = first * from.rowStride() + j * from.columnStride();
            int at = j * columnStride();
            for (int i = 0; i < count; i++) {
                out[at + i * rowStride()] = in[column + i * from.rowStride()];
            }
        }
    }

    @Override
    public /**/ double squaredNorm() {
        /**/ double sum = 0;
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                /**/ double value = get(i, j);
                sum += value * value;
            }
        }
        return sum;
    }

    @Override
    public /**/ double largestMagnitude() {
        double[] data = values.data;
        int size = values.getNumElements();
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(data[i])); // NaN stays
        }
        return largest;
    }

    @Override
    public void write(ByteBuffer target) {
        int size = values.getNumElements();
        if (layout == Layout.BY_ROWS) {
            target.asDoubleBuffer().put(values.data, 0, size);
            target.position(target.position() + size * Double.BYTES);
            return;
        }
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                target.putDouble(values.get(j, i));
            }
        }
    }
}
