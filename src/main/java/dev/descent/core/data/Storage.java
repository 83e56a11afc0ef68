package dev.descent.core.data;

import java.nio.ByteBuffer;

/// How a column's cells are kept: each in the narrowest of these that holds them all exactly. What one holds, those
/// after it hold too.
enum Storage {
    /// Whole numbers from 0 to 255, without -0.
    BYTE(1),
    /// Whole numbers from -32768 to 32767, without -0.
    SHORT(2),
    /// Whatever binary32 holds; NaN is a missing cell.
    FLOAT(4),
    /// Every number; NaN is a missing cell.
    DOUBLE(8);

    private final int bytes;

    Storage(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean holds(double cell) {
        return switch (this) {
            case BYTE -> isInteger(cell) && cell >= 0 && cell <= 255;
            case SHORT -> isInteger(cell) && cell >= Short.MIN_VALUE && cell <= Short.MAX_VALUE;
            case FLOAT -> (float) cell == cell || Double.isNaN(cell);
            case DOUBLE -> true;
        };
    }

    private static boolean isInteger(double cell) {
        return Double.doubleToRawLongBits((int) cell) == Double.doubleToRawLongBits(cell);
    }

    /// This, or the first after it that holds `cell` too.
    Storage with(double cell) {
        Storage narrowest = this;
        while (!narrowest.holds(cell)) {
            narrowest = values()[narrowest.ordinal() + 1];
        }
        return narrowest;
    }

    /// Appends a cell that this [#holds].
    void put(ByteBuffer target, double cell) {
        switch (this) {
            case BYTE -> target.put((byte) (int) cell);
            case SHORT -> target.putShort((short) cell);
            case FLOAT -> target.putInt(Float.floatToIntBits((float) cell));
            case DOUBLE -> target.putLong(Double.doubleToLongBits(cell));
        }
    }
}
