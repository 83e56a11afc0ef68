package dev.descent.drawing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// PNG files of eight bits for each of red, green and blue (ISO/IEC 15948).
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte EIGHT_BITS = 8;
    private static final byte TRUE_COLOUR = 2;
    private static final byte LEFT_NEIGHBOUR = 1;

    private Png() {}

    /// The file of pixels `0xRRGGBB`, row by row.
    static byte[] of(int width, int[] pixels) {
        int height = pixels.length / width;
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(EIGHT_BITS)
                        .put(TRUE_COLOUR)
                        .array());
        chunk(out, "IDAT", deflated(width, height, pixels));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /// Each row as differences from the pixel to the left.
    private static byte[] deflated(int width, int height, int[] pixels) {
        var out = new ByteArrayOutputStream();
        byte[] row = new byte[1 + 3 * width];
        byte[] packed = new byte[1 << 16];
        var deflater = new Deflater();
        try {
            for (int y = 0; y < height; y++) {
                row[0] = LEFT_NEIGHBOUR;
                int left = 0;
                for (int x = 0; x < width; x++) {
                    int pixel = pixels[y * width + x];
                    row[1 + 3 * x] = (byte) ((pixel >> 16) - (left >> 16));
                    row[2 + 3 * x] = (byte) ((pixel >> 8) - (left >> 8));
                    row[3 + 3 * x] = (byte) (pixel - left);
                    left = pixel;
                }
                deflater.setInput(row);
                while (!deflater.needsInput()) {
                    out.write(packed, 0, deflater.deflate(packed));
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                out.write(packed, 0, deflater.deflate(packed));
            }
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var checksum = new CRC32();
        checksum.update(name);
        checksum.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
