package dev.descent.training.run;

import dev.descent.core.data.Split;
import dev.descent.core.linalg.Vectors;
import dev.descent.storage.Sha256;
import dev.descent.training.checkpoint.Placement;
import dev.descent.training.queue.Attempts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Says with which bits an attempt begins, and on what it runs.
final class Beginnings {

    private static final int CHUNK = 1 << 16;

    private Beginnings() {}

    static Attempts.Beginning of(StartRun.Started started, String tableSha256, Split.Parts parts) {
        Placement from = started.placement();
        return new Attempts.Beginning(
                Engine.VERSION,
                Runtime.version().toString(),
                System.getProperty("os.arch"),
                Vectors.AVAILABLE,
                from == null ? 0 : from.step(),
                from == null ? 0 : from.round(),
                tableSha256,
                digest(parts),
                started.trainer().network().digest());
    }

    /// Of the training, the validation and the test rows: how many, then their numbers, each as a little-endian `int`.
    static String digest(Split.Parts parts) {
        MessageDigest sha256 = Sha256.start();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] rows : new int[][] {parts.training(), parts.validation(), parts.test()}) {
            chunk.putInt(rows.length);
            for (int row : rows) {
                if (!chunk.hasRemaining()) {
                    sha256.update(chunk.flip());
                    chunk.clear();
                }
                chunk.putInt(row);
            }
            sha256.update(chunk.flip());
            chunk.clear();
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
