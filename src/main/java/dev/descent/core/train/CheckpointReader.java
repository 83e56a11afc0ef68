package dev.descent.core.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/// Reads the file of a [Checkpoint], strictly.
final class CheckpointReader {

    private final InputStream in;
    private final MessageDigest sha256 = CheckpointWriter.sha256();
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(CheckpointWriter.BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long remaining; // before the digest

    CheckpointReader(InputStream in, long length) {
        this.in = in;
        remaining = length - CheckpointWriter.DIGEST;
    }

    Checkpoint read() throws IOException {
        ByteBuffer frame = next(Long.BYTES + 2 * Integer.BYTES, "its beginning");
        if (frame.getLong() != CheckpointWriter.MAGIC) {
            throw new DamagedCheckpoint("it does not begin as a checkpoint does");
        }
        int version = frame.getInt();
        if (version != CheckpointWriter.VERSION) {
            throw new DamagedCheckpoint(
                    "it is of version " + version + "; this program reads version " + CheckpointWriter.VERSION);
        }
        int headerBytes = frame.getInt();
        if (headerBytes < 0 || headerBytes > Checkpoint.LARGEST_HEADER || headerBytes > remaining) {
            throw new DamagedCheckpoint("its header claims to have " + headerBytes + " bytes");
        }
        var header = new byte[headerBytes];
        numbers(new Numbers.Bytes(header), "its header");
        requireChecksum("its header");
        int count = next(Integer.BYTES, "the number of sections").getInt();
        if (count < 0 || count > remaining / CheckpointWriter.SECTION_FRAME) {
            throw new DamagedCheckpoint("it claims to have " + count + " sections");
        }
        List<Section> sections = new ArrayList<>(count);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Section section = section(i);
            if (!keys.add(section.key())) {
                throw new DamagedCheckpoint("the section " + section.key() + " stands there twice");
            }
            sections.add(section);
        }
        requireEnd();
        return new Checkpoint(header, sections, true);
    }

    private Section section(int number) throws IOException {
        String place = "section " + number;
        checksum.reset();
        ByteBuffer kind = next(2, place);
        char code = (char) (kind.get() & 0xff);
        int width = Numbers.bytes(code);
        int nameBytes = kind.get();
        if (width == 0 || nameBytes < 1 || nameBytes > CheckpointWriter.LONGEST_NAME) {
            throw new DamagedCheckpoint(
                    place + " claims to be of type " + (int) code + ", with a name of " + nameBytes + " bytes");
        }
        ByteBuffer frame = next(nameBytes + 3 * Integer.BYTES, place);
        var name = new byte[nameBytes];
        frame.get(name);
        int index = frame.getInt();
        int rows = frame.getInt();
        int columns = frame.getInt();
        if (rows < 0 || columns < 0 || (long) rows * columns > remaining / width) {
            throw new DamagedCheckpoint(place + " claims to have " + rows + " x " + columns + " numbers");
        }
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new DamagedCheckpoint(place + " has more numbers than an array can");
        }
        Numbers numbers = Numbers.create(code, rows * columns);
        numbers(numbers, place);
        requireChecksum(place);
        return new Section(new String(name, StandardCharsets.US_ASCII), index, rows, columns, numbers);
    }

    private void numbers(Numbers numbers, String place) throws IOException {
        int width = Numbers.bytes(numbers.code());
        for (int from = 0; from < numbers.count(); ) {
            int count = Math.min(CheckpointWriter.BUFFER / width, numbers.count() - from);
            numbers.get(next(count * width, place), from, count);
            from += count;
        }
    }

    private void requireChecksum(String place) throws IOException {
        int computed = (int) checksum.getValue();
        int stored = next(Integer.BYTES, place).getInt();
        if (stored != computed) {
            throw new DamagedCheckpoint(
                    "%s has the checksum %08x; its bytes have %08x".formatted(place, stored, computed));
        }
    }

    /// The next bytes, no more than the buffer holds.
    private ByteBuffer next(int bytes, String place) throws IOException {
        if (bytes > remaining) {
            throw new DamagedCheckpoint("it ends in " + place);
        }
        remaining -= bytes;
        if (in.readNBytes(buffer.array(), 0, bytes) < bytes) {
            throw new DamagedCheckpoint("it ends in " + place + ", before its length is reached");
        }
        checksum.update(buffer.array(), 0, bytes);
        sha256.update(buffer.array(), 0, bytes);
        return buffer.clear().limit(bytes);
    }

    private void requireEnd() throws IOException {
        if (remaining > 0) {
            throw new DamagedCheckpoint(remaining + " bytes follow its last section");
        }
        byte[] stored = in.readNBytes(CheckpointWriter.DIGEST);
        if (!MessageDigest.isEqual(stored, sha256.digest())) {
            throw new DamagedCheckpoint("its SHA-256 is not that of its bytes");
        }
        if (in.read() >= 0) {
            throw new DamagedCheckpoint("there are bytes after its end");
        }
    }
}
