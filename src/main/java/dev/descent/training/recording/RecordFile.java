package dev.descent.training.recording;

import dev.descent.core.linalg.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// A file that grows by numbers, little-endian, through a buffer. For one thread; nothing is allocated after the
/// start.
final class RecordFile implements AutoCloseable {

    private static final long SMALLEST_BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final CRC32C checksum = new CRC32C();
    private long bytes;

    /// Begins a new file.
    RecordFile(Path file, long width) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        buffer = ByteBuffer.allocateDirect(Math.toIntExact(bufferSize(width))).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Begins a new file with what `source` held at `mark`; throws `IOException` when it no longer does.
    static RecordFile resume(Path file, long width, Path source, Mark mark) throws IOException {
        var resumed = new RecordFile(file, width);
        try (var in = FileChannel.open(source, StandardOpenOption.READ)) {
            resumed.copy(in, mark.bytes());
            if (!resumed.mark().equals(mark)) {
                throw new IOException("the first " + mark.bytes() + " bytes of " + source.getFileName()
                        + " are not those that were written");
            }
            return resumed;
        } catch (IOException | RuntimeException e) {
            resumed.close();
            throw e;
        }
    }

    private void copy(FileChannel in, long length) throws IOException {
        while (bytes < length) {
            buffer.limit((int) Math.min(buffer.capacity(), length - bytes));
            if (in.read(buffer) < 0) {
                return;
            }
            flush();
        }
    }

    static long bufferSize(long width) {
        return Math.max(SMALLEST_BUFFER, width);
    }

    void put(double value) {
        if (buffer.remaining() < Double.BYTES) {
            flush();
        }
        buffer.putDouble(value);
    }

    void put(Matrix matrix) {
        long bytes =
                (long) matrix.rows() * matrix.columns() * matrix.precision().bytes();
        if (buffer.remaining() < bytes) {
            flush();
        }
        matrix.write(buffer);
    }

    /// Writes zeros where there is nothing to record.
    void skip(long bytes) {
        for (long left = bytes; left > 0; left--) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) 0);
        }
    }

    /// Forgets everything recorded so far.
    void clear() {
        buffer.clear();
        checksum.reset();
        bytes = 0;
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hands what is buffered to the file, where readers see it.
    void flush() {
        buffer.flip();
        checksum.update(buffer);
        bytes += buffer.limit();
        buffer.rewind();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }

    /// How much was flushed.
    Mark mark() {
        return new Mark(bytes, checksum.getValue());
    }

    /// Waits until what was flushed is on the disk; for any thread.
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
