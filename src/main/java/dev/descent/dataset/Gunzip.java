package dev.descent.dataset;

import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks gzip (RFC 1952), one member after the other, strictly: what ends early, does not match its checksum, or is
/// followed by anything else is an [InvalidTable], and more than `limit` bytes are [UploadTooLarge].
final class Gunzip extends InputStream {

    private static final int BUFFER = 1 << 16;
    private static final int HEAD_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream packed;
    private final String part;
    private final long limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int next; // of the buffer
    private int end; // of the buffer
    private long member; // bytes unpacked of this member
    private long total; // bytes unpacked
    private boolean ended;

    /// Reads the first member's head.
    Gunzip(InputStream packed, String part, long limit) throws IOException {
        this.packed = packed;
        this.part = part;
        this.limit = limit;
        readHead();
    }

    static boolean recognises(byte[] start) {
        return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    private void readHead() throws IOException {
        if (take() != 0x1f || take() != 0x8b) {
            throw flaw("trailing-data", "something that is not gzip follows the gzip data");
        }
        int method = take();
        int flags = take();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw flaw("damaged-gzip", "the head of the gzip data is damaged");
        }
        take(6); // time, extra flags, system
        if ((flags & EXTRA) != 0) {
            take(take() | take() << 8);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            if ((flags & text) != 0) {
                while (take() != 0) {
                    // passed over
                }
            }
        }
        take((flags & HEAD_CHECKSUM) != 0 ? 2 : 0);
        inflater.reset();
        checksum.reset();
        member = 0;
    }

    private int take() throws IOException {
        if (next == end && !fill()) {
            throw truncated();
        }
        return buffer[next++] & 0xff;
    }

    private void take(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        end = packed.readNBytes(buffer, 0, buffer.length);
        return end > 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                member += count;
                total += count;
                if (total > limit) {
                    throw UploadTooLarge.unpacked(part, limit);
                }
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput() && !inflater.finished()) {
                if (next == end && !fill()) {
                    throw truncated();
                }
                inflater.setInput(buffer, next, end - next);
                next = end;
            }
            int count = inflater.inflate(target, offset, length);
            if (count == 0 && inflater.needsDictionary()) {
                throw damaged();
            }
            return count;
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private void endMember() throws IOException {
        next = end - inflater.getRemaining();
        ByteBuffer trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (trailer.hasRemaining()) {
            trailer.put((byte) take());
        }
        if (trailer.getInt(0) != (int) checksum.getValue() || trailer.getInt(Integer.BYTES) != (int) member) {
            throw damaged();
        }
        ended = next == end && !fill();
        if (!ended) {
            readHead();
        }
    }

    private InvalidTable truncated() {
        return flaw("truncated-gzip", "the gzip data ends too early");
    }

    private InvalidTable damaged() {
        return flaw("damaged-gzip", "the gzip data is damaged");
    }

    private InvalidTable flaw(String code, String message) {
        return new InvalidTable(Flaw.in(part, code, message));
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
