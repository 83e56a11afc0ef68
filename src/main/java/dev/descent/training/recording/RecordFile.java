package dev.descent.training.recording;

import dev.descent.core.linalg.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that grows by numbers, little-endian, through a buffer. For one thread; nothing is allocated after the
/// start.
final class RecordFile implements AutoCloseable {

    private static final long SMALLEST_BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer;

    RecordFile(Path file, long width) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        buffer = ByteBuffer.allocateDirect(Math.toIntExact(bufferSize(width))).order(ByteOrder.LITTLE_ENDIAN);
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

    /// Forgets everything recorded so far.
    void clear() {
        buffer.clear();
        try {
            channel.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Hands what is buffered to the file, where readers see it.
    void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
