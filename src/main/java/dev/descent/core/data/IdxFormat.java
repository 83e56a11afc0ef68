package dev.descent.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// IDX, the form of MNIST's files, as its authors define it: two zero bytes, the element's type, the number of
/// dimensions, each dimension as an int, then the numbers in row order; everything big-endian.
final class IdxFormat {

    private static final int MOST_DIMENSIONS = 4;

    private IdxFormat() {}

    /// No text and no other file that is read here begins with two zero bytes.
    static boolean recognises(byte[] start) {
        return start.length >= 2 && start[0] == 0 && start[1] == 0;
    }

    /// `start` are the bytes already taken from `in`.
    static ArrayHead read(byte[] start, InputStream in, String part) throws IOException {
        if (start.length < 4) {
            throw new EOFException();
        }
        Element element = element(start[2], part);
        int dimensions = start[3] & 0xff;
        if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
            throw ArrayFile.flaw(
                    part,
                    "unsupported-shape",
                    "an IDX file with " + dimensions + " dimensions; files with 1 to " + MOST_DIMENSIONS + " are read");
        }
        ByteBuffer sizes = ByteBuffer.allocate(dimensions * Integer.BYTES);
        int before = Math.min(start.length - 4, sizes.capacity());
        sizes.put(start, 4, before);
        if (in.readNBytes(sizes.array(), before, sizes.remaining()) < sizes.remaining()) {
            throw new EOFException();
        }
        long[] shape = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            shape[i] = sizes.getInt(i * Integer.BYTES) & 0xffff_ffffL;
        }
        return new ArrayHead(element, ByteOrder.BIG_ENDIAN, shape, false, 4 + sizes.capacity());
    }

    private static Element element(byte code, String part) {
        return switch (code) {
            case 0x08 -> Element.UNSIGNED_BYTE;
            case 0x09 -> Element.BYTE;
            case 0x0b -> Element.SHORT;
            case 0x0c -> Element.INT;
            case 0x0d -> Element.FLOAT;
            case 0x0e -> Element.DOUBLE;
            default ->
                throw ArrayFile.flaw(
                        part,
                        "unsupported-element",
                        "the file begins like IDX, but IDX has no element type 0x%02x; ".formatted(code & 0xff)
                                + "it has 0x08 and 0x09 (bytes), 0x0b (short), 0x0c (int), 0x0d (float) and 0x0e (double)");
        };
    }
}
