package dev.descent.core.data;

import java.nio.ByteBuffer;

/// What the numbers of an array file are.
enum Element {
    UNSIGNED_BYTE(1),
    BYTE(1),
    UNSIGNED_SHORT(2),
    SHORT(2),
    UNSIGNED_INT(4),
    INT(4),
    UNSIGNED_LONG(8),
    LONG(8),
    FLOAT(4),
    DOUBLE(8),
    BOOLEAN(1);

    private final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /// Whether its values are whole numbers, so that they may name classes.
    boolean isWhole() {
        return this != FLOAT && this != DOUBLE;
    }

    /// Whether [Storage#BYTE] holds every value.
    boolean isByte() {
        return this == UNSIGNED_BYTE || this == BOOLEAN;
    }

    /// The number at `index`, in the buffer's byte order; integers beyond 2^53 are rounded.
    double get(ByteBuffer source, int index) {
        return switch (this) {
            case UNSIGNED_BYTE -> source.get(index) & 0xff;
            case BYTE -> source.get(index);
            case UNSIGNED_SHORT -> source.getShort(index) & 0xffff;
            case SHORT -> source.getShort(index);
            case UNSIGNED_INT -> source.getInt(index) & 0xffff_ffffL;
            case INT -> source.getInt(index);
            case UNSIGNED_LONG -> unsigned(source.getLong(index));
            case LONG -> source.getLong(index);
            case FLOAT -> source.getFloat(index);
            case DOUBLE -> source.getDouble(index);
            case BOOLEAN -> source.get(index) == 0 ? 0 : 1;
        };
    }

    /// Whether [#get] gives the integer at `index` as it is.
    boolean isExact(ByteBuffer source, int index) {
        if (this != LONG && this != UNSIGNED_LONG) {
            return true;
        }
        long bits = source.getLong(index);
        int significant = Long.SIZE
                - Long.numberOfTrailingZeros(bits)
                - Long.numberOfLeadingZeros(this == LONG && bits < 0 ? -bits : bits);
        return significant <= 53;
    }

    /// Halved so that the last bit still decides the rounding.
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }
}
