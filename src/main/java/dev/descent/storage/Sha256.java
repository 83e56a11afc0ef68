package dev.descent.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, in lower-case hexadecimal digits.
public final class Sha256 {

    private static final int CHUNK = 1 << 18;

    private Sha256() {}

    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The hash of a text, as UTF-8.
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of these bytes.
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(start().digest(bytes));
    }

    /// The hash of a file's content.
    public static String of(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream());
    }

    /// Copies a file's content, and returns its hash.
    public static String copy(Path file, OutputStream target) throws IOException {
        MessageDigest digest = start();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
                target.write(chunk, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
