package dev.descent.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// A file that takes `room` bytes and then fails, or fails when it is forced, as a full or a broken disk does.
final class RefusingChannel extends FileChannel {

    private final FileChannel file;
    private final String refusal;
    private long room;
    private boolean forces = true;
    int forced;

    private RefusingChannel(FileChannel file, String refusal, long room) {
        this.file = file;
        this.refusal = refusal;
        this.room = room;
    }

    static RefusingChannel afterBytes(FileChannel file, long room, String refusal) {
        return new RefusingChannel(file, refusal, room);
    }

    static RefusingChannel onForce(FileChannel file, String refusal) {
        var channel = new RefusingChannel(file, refusal, Long.MAX_VALUE);
        channel.forces = false;
        return channel;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (room <= 0) {
            throw new IOException(refusal);
        }
        ByteBuffer part = source.slice(source.position(), (int) Math.min(room, source.remaining()));
        int written = file.write(part);
        source.position(source.position() + written);
        room -= written;
        return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        forced++;
        if (!forces) {
            throw new IOException(refusal);
        }
        file.force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
