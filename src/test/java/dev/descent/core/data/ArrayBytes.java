package dev.descent.core.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Array files made by hand, byte by byte.
public final class ArrayBytes {

    private ArrayBytes() {}

    /// An IDX file of this element type and shape; `numbers` are its elements, big-endian.
    public static byte[] idx(int type, int[] shape, ByteBuffer numbers) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + numbers.capacity());
        file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
        for (int size : shape) {
            file.putInt(size);
        }
        return file.put(numbers.array()).array();
    }

    /// An IDX file of unsigned bytes.
    public static byte[] idx(int[] shape, int... bytes) {
        ByteBuffer numbers = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            numbers.put((byte) b);
        }
        return idx(0x08, shape, numbers);
    }

    /// An NPY file of version 1 whose head says `dictionary`.
    public static byte[] npy(String dictionary, byte... numbers) {
        byte[] head = (dictionary + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(10 + head.length + numbers.length);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.put((byte) head.length).put((byte) (head.length >> 8)).put(head).put(numbers);
        return file.array();
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
