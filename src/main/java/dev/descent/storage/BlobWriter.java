package dev.descent.storage;

import dev.descent.fault.NotStored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A blob being written. Closing without [#commit] leaves nothing behind.
///
/// From [#commit] to [#close] the blob cannot be deleted, so insert the row that names it before closing:
/// ```java
/// try (BlobWriter writer = blobs.open()) {
///     source.transferTo(writer);
///     rows.insert(writer.commit());
/// }
/// ```
/// Not buffered: hand it arrays of some kilobytes. When the disk refuses anything it throws
/// [dev.descent.fault.NotStored], for good: what could not be forced once is not tried again.
public final class BlobWriter extends OutputStream {

    private static final Logger log = LoggerFactory.getLogger(BlobWriter.class);

    private final Blobs blobs;
    private final Disk disk;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = Sha256.start();
    private long bytes;
    private @Nullable Blob committed;
    private @Nullable NotStored failure;

    /// @param channel to the new `file`
    BlobWriter(Blobs blobs, Disk disk, Path file, FileChannel channel) {
        this.blobs = blobs;
        this.disk = disk;
        this.file = file;
        this.channel = channel;
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
        requireWhole();
        var buffer = ByteBuffer.wrap(source, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failed(e);
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
        requireWhole();
        var blob = new Blob(HexFormat.of().formatHex(digest.digest()), bytes);
        try {
            channel.force(true);
            channel.close();
            blobs.keep(blob, file);
        } catch (IOException e) {
            throw failed(e);
        }
        committed = blob;
        return blob;
    }

    /// Never fails: what cannot be removed now goes at the next start.
    @Override
    public void close() {
        if (committed != null) {
            blobs.unpin(committed.sha256());
        }
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("{} was not closed: {}", file.getFileName(), e.toString());
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} was not removed: {}", file.getFileName(), e.toString());
        }
    }

    private void requireWhole() {
        if (failure != null) {
            throw failure;
        }
    }

    private NotStored failed(IOException e) {
        failure = disk.failed(e);
        return failure;
    }
}
