package dev.descent.dataset;

import dev.descent.core.data.ArrayFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of an upload on the disk, which is read unpacked where its first bytes are those of gzip, whatever its name.
///
/// @param part of the form that it came as
/// @param limit how many bytes it may have, packed or not
record KeptFile(Path path, String part, long limit) implements ArrayFile.Source {

    boolean isPacked() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Gunzip.recognises(in.readNBytes(2));
        }
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            return isPacked() ? new Gunzip(in, part, limit) : in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
