package dev.descent.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// NPY, the form of NumPy's `save`, versions 1 to 3 (NEP 1): a magic word, the version, and a head that is a Python
/// dictionary of the element's type, the order and the shape. Only numbers are read: never Python objects.
final class NpyFormat {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEAD = 1 << 16;
    private static final int MOST_DIMENSIONS = 4;

    private static final Pattern ENTRY =
            Pattern.compile("\\G\\s*'([a-z_]++)'\\s*:\\s*('[^']*+'|True|False|\\([^()]*+\\)|\\[.*])\\s*,?");
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    private NpyFormat() {}

    static boolean recognises(byte[] start) {
        return Arrays.equals(start, MAGIC);
    }

    /// `in` stands behind the magic word.
    static ArrayHead read(InputStream in, String part) throws IOException {
        byte[] version = in.readNBytes(2);
        if (version.length == 2 && (version[0] < 1 || version[0] > 3)) {
            throw unsupported(part, "NPY version " + version[0] + "; versions 1 to 3 are read");
        }
        int width = version.length == 2 && version[0] == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer length = ByteBuffer.wrap(in.readNBytes(width)).order(ByteOrder.LITTLE_ENDIAN);
        if (version.length < 2 || length.capacity() < width) {
            throw new EOFException();
        }
        long bytes = width == Short.BYTES ? length.getShort() & 0xffff : length.getInt() & 0xffff_ffffL;
        if (bytes > LONGEST_HEAD) {
            throw unsupported(part, "an NPY head of " + bytes + " bytes; it may have " + LONGEST_HEAD);
        }
        byte[] head = in.readNBytes((int) bytes);
        if (head.length < bytes) {
            throw new EOFException();
        }
        Map<String, String> entries = entries(new String(head, StandardCharsets.UTF_8), part);
        return head(entries, MAGIC.length + 2 + width + head.length, part);
    }

    private static Map<String, String> entries(String text, String part) {
        String dictionary = text.strip();
        Map<String, String> entries = new HashMap<>();
        if (dictionary.startsWith("{") && dictionary.endsWith("}")) {
            String inner = dictionary.substring(1, dictionary.length() - 1);
            Matcher entry = ENTRY.matcher(inner);
            int end = 0;
            while (entry.find()) {
                entries.put(entry.group(1), entry.group(2));
                end = entry.end();
            }
            if (inner.substring(end).isBlank() && entries.keySet().equals(KEYS)) {
                return entries;
            }
        }
        throw unsupported(part, "an NPY head that is not a dictionary of descr, fortran_order and shape");
    }

    private static ArrayHead head(Map<String, String> entries, int bytes, String part) {
        String descr = entries.getOrDefault("descr", "");
        boolean fortran = "True".equals(entries.get("fortran_order"));
        long[] shape = shape(entries.getOrDefault("shape", ""), part);
        if (fortran && shape.length > 2) {
            throw ArrayFile.flaw(
                    part,
                    "unsupported-shape",
                    "an NPY file of " + shape.length
                            + " dimensions in Fortran order; save numpy.ascontiguousarray of it");
        }
        ByteOrder order = descr.startsWith("'>") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new ArrayHead(element(descr, part), order, shape, fortran, bytes);
    }

    private static long[] shape(String tuple, String part) {
        Matcher numbers = Pattern.compile("\\(\\s*([0-9]{1,18}\\s*(,\\s*[0-9]{1,18}\\s*)*),?\\s*\\)")
                .matcher(tuple);
        if (!numbers.matches()) {
            throw ArrayFile.flaw(
                    part, "unsupported-shape", "an NPY file of the shape " + tuple + "; it needs 1 to 4 dimensions");
        }
        String[] sizes = numbers.group(1).split(",");
        if (sizes.length > MOST_DIMENSIONS) {
            throw ArrayFile.flaw(
                    part, "unsupported-shape", "an NPY file of the shape " + tuple + "; it needs 1 to 4 dimensions");
        }
        long[] shape = new long[sizes.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Long.parseLong(sizes[i].strip());
        }
        return shape;
    }

    private static Element element(String descr, String part) {
        return switch (descr.replaceFirst("^'[<>=|]?", "").replace("'", "")) {
            case "u1" -> Element.UNSIGNED_BYTE;
            case "i1" -> Element.BYTE;
            case "u2" -> Element.UNSIGNED_SHORT;
            case "i2" -> Element.SHORT;
            case "u4" -> Element.UNSIGNED_INT;
            case "i4" -> Element.INT;
            case "u8" -> Element.UNSIGNED_LONG;
            case "i8" -> Element.LONG;
            case "f4" -> Element.FLOAT;
            case "f8" -> Element.DOUBLE;
            case "b1" -> Element.BOOLEAN;
            case "O" ->
                throw ArrayFile.flaw(
                        part,
                        "unsupported-element",
                        "the file holds Python objects (a pickle), which are never read; save numbers");
            default ->
                throw ArrayFile.flaw(
                        part,
                        "unsupported-element",
                        "an NPY file with elements " + shown(descr)
                                + "; those read are b1, i1, i2, i4, i8, u1, u2, u4, u8, f4 and f8");
        };
    }

    private static String shown(String descr) {
        return descr.length() > 40 ? descr.substring(0, 40) + "..." : descr;
    }

    private static InvalidTable unsupported(String part, String what) {
        return ArrayFile.flaw(part, "unsupported-file", what);
    }
}
