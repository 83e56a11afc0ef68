package dev.descent.core.linalg;

import java.nio.ByteBuffer;
import org.ejml.data.DMatrixRMaj;

/// A [Matrix] of binary64 numbers.
///
/// The build makes `Float32Matrix` of this file by writing `float` for every `double` but those behind an empty
/// comment.
public final class Float64Matrix implements Matrix {

    private final DMatrixRMaj values;

    Float64Matrix(int rows, int columns) {
        values = new DMatrixRMaj(rows, columns);
    }

    /// The entries in row order; those past `rows * columns` are spare.
    public double[] data() {
        return values.data;
    }

    @Override
    public int rows() {
        return values.numRows;
    }

    @Override
    public int columns() {
        return values.numCols;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT64;
    }

    @Override
    public /**/ double get(int row, int column) {
        return values.get(row, column);
    }

    @Override
    public void set(int row, int column, /**/ double value) {
        values.set(row, column, (double) value);
    }

    @Override
    public void resize(int rows) {
        if ((long) rows * values.numCols > values.data.length) {
            throw new IllegalArgumentException("no storage for " + rows + " rows of " + values.numCols
                    + "; there is room for " + values.data.length);
        }
        values.numRows = rows;
    }

    @Override
    public void gather(Matrix source, int[] indices, int offset, int count) {
        resize(count);
        double[] from = ((Float64Matrix) source).values.data;
        int width = values.numCols;
        for (int i = 0; i < count; i++) {
            System.arraycopy(from, indices[offset + i] * width, values.data, i * width, width);
        }
    }

    @Override
    public void copyRows(Matrix source, int from, int count) {
        resize(count);
        int width = values.numCols;
        System.arraycopy(((Float64Matrix) source).values.data, from * width, values.data, 0, count * width);
    }

    @Override
    public /**/ double squaredNorm() {
        /**/ double sum = 0;
        int size = values.getNumElements();
        for (int i = 0; i < size; i++) {
            /**/ double value = values.data[i];
            sum += value * value;
        }
        return sum;
    }

    @Override
    public boolean isFinite() {
        int size = values.getNumElements();
        double zero = 0;
        for (int i = 0; i < size; i++) {
            zero += values.data[i] * 0; // NaN as soon as one entry is NaN or infinite
        }
        return zero == 0;
    }

    @Override
    public void write(ByteBuffer target) {
        int size = values.getNumElements();
        target.asDoubleBuffer().put(values.data, 0, size);
        target.position(target.position() + size * Double.BYTES);
    }
}
