package dev.descent.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A file that holds one array of numbers, in the form IDX (of MNIST) or NPY (of NumPy), readable as often as wanted.
///
/// @param part what the file is called in messages
/// @param form `idx` or `npy`
public record ArrayFile(String part, String form, ArrayHead head, Source source) {

    /// The bytes of a file, from the first one on each time.
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    private static final int SIGNATURE = 6;

    /// Reads the head of a file; an [InvalidTable] naming the part when it is none that is read here. Empty when the
    /// file is no array at all.
    public static Optional<ArrayFile> of(String part, Source source) throws IOException {
        try (InputStream in = source.open()) {
            byte[] start = in.readNBytes(SIGNATURE);
            if (IdxFormat.recognises(start)) {
                return Optional.of(new ArrayFile(part, "idx", IdxFormat.read(start, in, part), source));
            }
            return NpyFormat.recognises(start)
                    ? Optional.of(new ArrayFile(part, "npy", NpyFormat.read(in, part), source))
                    : Optional.empty();
        } catch (EOFException early) {
            throw flaw(part, "truncated", "the file ends before its first number");
        }
    }

    static InvalidTable flaw(String part, String code, String message) {
        return new InvalidTable(Flaw.in(part, code, message));
    }
}
