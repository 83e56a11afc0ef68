package dev.descent.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lock of a data directory: one process has all of the file, or each of several has one byte, where its name says.
///
/// So one that wants all is refused while anybody is there, several do not mind each other, and each can see which of
/// the others are alive: the operating system takes a dead process's lock away.
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// All of the file; empty when anybody has any of it.
    static Optional<DirectoryLock> whole(Path file) throws IOException {
        return take(file, 0, Long.MAX_VALUE);
    }

    /// The byte of one node; empty when somebody has all.
    static Optional<DirectoryLock> of(Path file, Node node) throws IOException {
        return take(file, place(node.id()), 1);
    }

    /// Whether the node with this id holds its byte.
    boolean holds(String node) throws IOException {
        @Nullable FileLock lock = tryLock(channel, place(node), 1);
        if (lock == null) {
            return true;
        }
        lock.release();
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Optional<DirectoryLock> take(Path file, long place, long length) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel, place, length) != null) {
            return Optional.of(new DirectoryLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static @Nullable FileLock tryLock(FileChannel channel, long place, long length) throws IOException {
        try {
            return channel.tryLock(place, length, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /// Two nodes share a place once in 2^59 times; the second does not start then.
    private static long place(String node) {
        byte[] digest = Sha256.start().digest(node.getBytes(StandardCharsets.UTF_8));
        long place = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            place = place << 8 | digest[i] & 0xff;
        }
        return place >>> 4;
    }
}
