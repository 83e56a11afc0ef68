package dev.descent.core.train;

import java.nio.ByteBuffer;

/// The content of a [Section]: numbers of one type, in an array that is written and read in pieces.
sealed interface Numbers {

    record Bytes(byte[] values) implements Numbers {}

    record Ints(int[] values) implements Numbers {}

    record Longs(long[] values) implements Numbers {}

    record Floats(float[] values) implements Numbers {}

    record Doubles(double[] values) implements Numbers {}

    /// Zeros, of the type that `code` means in a file; `IllegalArgumentException` for a code of none.
    static Numbers create(char code, int count) {
        return switch (code) {
            case 'b' -> new Bytes(new byte[count]);
            case 'i' -> new Ints(new int[count]);
            case 'l' -> new Longs(new long[count]);
            case 'f' -> new Floats(new float[count]);
            case 'd' -> new Doubles(new double[count]);
            default -> throw new IllegalArgumentException("there are no numbers of type " + (int) code);
        };
    }

    /// Bytes of one number of the type that `code` means; 0 for a code of none.
    static int bytes(char code) {
        return switch (code) {
            case 'b' -> Byte.BYTES;
            case 'i' -> Integer.BYTES;
            case 'l' -> Long.BYTES;
            case 'f' -> Float.BYTES;
            case 'd' -> Double.BYTES;
            default -> 0;
        };
    }

    default char code() {
        return switch (this) {
            case Bytes _ -> 'b';
            case Ints _ -> 'i';
            case Longs _ -> 'l';
            case Floats _ -> 'f';
            case Doubles _ -> 'd';
        };
    }

    default int count() {
        return switch (this) {
            case Bytes(byte[] values) -> values.length;
            case Ints(int[] values) -> values.length;
            case Longs(long[] values) -> values.length;
            case Floats(float[] values) -> values.length;
            case Doubles(double[] values) -> values.length;
        };
    }

    /// Appends `count` numbers from the `from`-th on, in the buffer's byte order.
    default void put(ByteBuffer target, int from, int count) {
        switch (this) {
            case Bytes(byte[] values) -> target.slice().put(values, from, count);
            case Ints(int[] values) -> target.asIntBuffer().put(values, from, count);
            case Longs(long[] values) -> target.asLongBuffer().put(values, from, count);
            case Floats(float[] values) -> target.asFloatBuffer().put(values, from, count);
            case Doubles(double[] values) -> target.asDoubleBuffer().put(values, from, count);
        }
        target.position(target.position() + count * bytes(code()));
    }

    /// Takes `count` numbers from the front of `source`, to be the `from`-th and those after it.
    default void get(ByteBuffer source, int from, int count) {
        switch (this) {
            case Bytes(byte[] values) -> source.slice().get(values, from, count);
            case Ints(int[] values) -> source.asIntBuffer().get(values, from, count);
            case Longs(long[] values) -> source.asLongBuffer().get(values, from, count);
            case Floats(float[] values) -> source.asFloatBuffer().get(values, from, count);
            case Doubles(double[] values) -> source.asDoubleBuffer().get(values, from, count);
        }
        source.position(source.position() + count * bytes(code()));
    }
}
