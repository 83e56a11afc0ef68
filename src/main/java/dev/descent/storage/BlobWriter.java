package dev.descent.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A blob being written. Closing without [#commit] leaves nothing behind.
///
/// From [#commit] to [#close] the blob cannot be deleted, so insert the row that names it before closing:
/// ```java
/// try (BlobWriter writer = blobs.open()) {
///     source.transferTo(writer);
///     rows.insert(writer.commit());
/// }
/// ```
/// Not buffered: hand it arrays of some kilobytes. A full disk is [dev.descent.fault.StorageFull].
public final class BlobWriter extends OutputStream {

    private final Blobs blobs;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();
    private long bytes;
    private @Nullable Blob committed;

    BlobWriter(Blobs blobs, Path file) throws IOException {
        this.blobs = blobs;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        var buffer = ByteBuffer.wrap(source, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw Durable.failure(e);
        }
        digest.update(source, offset, length);
        bytes += length;
    }

    /// Bytes written so far.
    public long bytes() {
        return bytes;
    }

    /// The hash of the blob once it is committed, else null.
    public @Nullable String committed() {
        return committed == null ? null : committed.sha256();
    }

    /// Returns once the blob is on the disk under its name, and its name is too.
    public Blob commit() {
        if (committed != null) {
            return committed;
        }
        var blob = new Blob(HexFormat.of().formatHex(digest.digest()), bytes);
        try {
            channel.force(true);
            channel.close();
            blobs.keep(blob, file);
        } catch (IOException e) {
            throw Durable.failure(e);
        }
        committed = blob;
        return blob;
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (committed == null) {
                Files.deleteIfExists(file);
            } else {
                blobs.unpin(committed.sha256());
            }
        } catch (IOException e) {
            throw Durable.failure(e);
        }
    }
}
