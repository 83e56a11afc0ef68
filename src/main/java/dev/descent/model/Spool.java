package dev.descent.model;

import dev.descent.storage.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// An answer on its way: kept on the disk until it is known to be whole, in a file without a name that goes with its
/// process.
final class Spool extends OutputStream {

    private final Disk disk;
    private final FileChannel channel;

    Spool(Path directory, Disk disk) {
        this.disk = disk;
        disk.requireRoom();
        try {
            channel = FileChannel.open(
                    directory.resolve(UUID.randomUUID() + ".spool"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw disk.failed(e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw disk.failed(e);
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    void transferTo(OutputStream out) throws IOException {
        WritableByteChannel target = Channels.newChannel(out);
        for (long sent = 0; sent < channel.size(); ) {
            sent += channel.transferTo(sent, channel.size() - sent, target);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
