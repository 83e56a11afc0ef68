package dev.descent.dataset;

import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import java.nio.charset.StandardCharsets;

/// Recognises files that are no text by their first bytes, whatever they are called.
final class Signature {

    /// How many bytes are looked at.
    static final int LENGTH = 4096;

    private Signature() {}

    static void refuse(byte[] start, int length) {
        if (begins(start, length, 0xff, 0xfe) || begins(start, length, 0xfe, 0xff)) {
            throw new InvalidTable(new Flaw("encoding", "the text is UTF-16 (byte 0); save it as UTF-8"));
        }
        String kind = kind(start, length);
        if (!kind.isEmpty()) {
            throw new InvalidTable(new Flaw(
                    "looks-like-" + kind, "this is a file of the kind " + kind + ", not CSV text; export it as CSV"));
        }
    }

    private static String kind(byte[] start, int length) {
        if (begins(start, length, 'P', 'K', 3, 4)) {
            String names = new String(start, 0, length, StandardCharsets.ISO_8859_1);
            return names.contains("[Content_Types].xml") || names.contains("xl/") ? "xlsx" : "zip";
        } else if (begins(start, length, 'P', 'A', 'R', '1')) {
            return "parquet";
        } else if (begins(start, length, 0x89, 'P', 'N', 'G')) {
            return "png";
        } else if (begins(start, length, 0xff, 0xd8, 0xff)) {
            return "jpeg";
        } else if (begins(start, length, 0x1f, 0x8b)) {
            return "gzip";
        } else if (begins(start, length, '%', 'P', 'D', 'F', '-')) {
            return "pdf";
        } else if (begins(start, length, 0xd0, 0xcf, 0x11, 0xe0)) {
            return "xls";
        } else if (begins(start, length, 0x89, 'H', 'D', 'F')) {
            return "hdf5";
        } else if (begins(start, length, 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f')) {
            return "sqlite";
        }
        return "";
    }

    private static boolean begins(byte[] start, int length, int... bytes) {
        if (length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (start[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
