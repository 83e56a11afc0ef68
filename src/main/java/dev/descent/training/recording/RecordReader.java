package dev.descent.training.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads records of one width back from a file that may still grow, through a buffer. For one thread.
public final class RecordReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final long width;
    private final long count;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long start;

    private RecordReader(FileChannel channel, long width) throws IOException {
        this.channel = channel;
        this.width = width;
        this.count = channel.size() / width;
        buffer.limit(0);
    }

    /// Opens a file of a [Series]; throws `NoSuchFileException` when there is none.
    public static RecordReader open(Path file, Series series) throws IOException {
        return new RecordReader(FileChannel.open(file, StandardOpenOption.READ), series.width());
    }

    /// How many whole records the file had when it was opened.
    public long count() {
        return count;
    }

    /// The binary64 number at byte `offset` of record `index`.
    public double float64(long index, long offset) {
        return buffer.getDouble(position(index * width + offset, Double.BYTES));
    }

    /// The binary32 number at byte `offset` of record `index`.
    public float float32(long index, long offset) {
        return buffer.getFloat(position(index * width + offset, Float.BYTES));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where `length` bytes of the file from `offset` are in the buffer, which is filled from there when they are
    /// not.
    private int position(long offset, int length) {
        if (offset < start || offset + length > start + buffer.limit()) {
            fill(offset);
        }
        return Math.toIntExact(offset - start);
    }

    private void fill(long offset) {
        buffer.clear();
        start = offset;
        try {
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.flip();
    }
}
