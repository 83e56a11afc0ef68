package dev.descent.core.train;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32C;

/// Writes the file of a [Checkpoint].
final class CheckpointWriter {

    static final long MAGIC = 0x1a544e4543534544L; // "DESCENT" 0x1a
    static final int VERSION = 1;
    static final int DIGEST = 32;
    static final int LONGEST_NAME = 64;

    /// Magic, version, length of the header, its checksum, number of sections.
    static final int FRAME = Long.BYTES + 4 * Integer.BYTES;

    /// Type, length of the name, index, rows, columns, checksum.
    static final int SECTION_FRAME = 2 + 4 * Integer.BYTES;

    static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final MessageDigest sha256 = sha256();
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    private CheckpointWriter(OutputStream out) {
        this.out = out;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static long bytes(int headerBytes, List<Section> sections) {
        long bytes = (long) FRAME + headerBytes + DIGEST;
        for (Section section : sections) {
            Numbers numbers = section.numbers();
            bytes += SECTION_FRAME + section.name().length() + (long) numbers.count() * Numbers.bytes(numbers.code());
        }
        return bytes;
    }

    static void write(byte[] header, List<Section> sections, OutputStream out) throws IOException {
        if (header.length > Checkpoint.LARGEST_HEADER) {
            throw new IllegalArgumentException(
                    "a header of " + header.length + " bytes; the most are " + Checkpoint.LARGEST_HEADER);
        }
        var writer = new CheckpointWriter(out);
        writer.buffer.putLong(MAGIC).putInt(VERSION).putInt(header.length);
        writer.numbers(new Numbers.Bytes(header));
        writer.checksum();
        writer.buffer.putInt(sections.size());
        for (Section section : sections) {
            writer.section(section);
        }
        writer.drain();
        out.write(writer.sha256.digest());
    }

    private void section(Section section) throws IOException {
        byte[] name = section.name().getBytes(StandardCharsets.US_ASCII);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("the name " + section.name() + " is too long");
        }
        drain();
        checksum.reset();
        buffer.put((byte) section.numbers().code()).put((byte) name.length).put(name);
        buffer.putInt(section.index()).putInt(section.rows()).putInt(section.columns());
        numbers(section.numbers());
        checksum();
    }

    private void numbers(Numbers numbers) throws IOException {
        int width = Numbers.bytes(numbers.code());
        for (int from = 0; from < numbers.count(); ) {
            if (buffer.remaining() < width) {
                drain();
            }
            int count = Math.min(buffer.remaining() / width, numbers.count() - from);
            numbers.put(buffer, from, count);
            from += count;
        }
    }

    private void checksum() throws IOException {
        drain();
        buffer.putInt((int) checksum.getValue());
        drain();
    }

    private void drain() throws IOException {
        checksum.update(buffer.array(), 0, buffer.position());
        sha256.update(buffer.array(), 0, buffer.position());
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
