package dev.descent.dataset;

import dev.descent.core.data.ArrayFile;
import dev.descent.core.data.Flaw;
import dev.descent.core.data.InvalidTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads a UTF-8 file strictly: a byte that is none of UTF-8's, or another kind of file, is an [InvalidTable].
/// A byte order mark at the start is passed over.
final class Utf8Reader extends Reader {

    private static final int BUFFER = 1 << 16;

    private final ArrayFile.Source file;
    private final InputStream source;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /// Position in the file of the first byte of the buffer.
    private long offset;

    private boolean ended;

    Utf8Reader(ArrayFile.Source file) throws IOException {
        this.file = file;
        this.source = file.open();
        try {
            begin();
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        bytes.limit(0);
        fill();
        Signature.refuse(bytes.array(), Math.min(bytes.limit(), Signature.LENGTH));
        if (bytes.limit() >= 3
                && bytes.get(0) == (byte) 0xef
                && bytes.get(1) == (byte) 0xbb
                && bytes.get(2) == (byte) 0xbf) {
            bytes.position(3);
        }
    }

    private void fill() throws IOException {
        offset += bytes.position();
        bytes.compact();
        int count = source.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + count).flip();
        ended = count == 0;
    }

    /// `length` at least 2: a character may take two.
    @Override
    public int read(char[] target, int start, int length) throws IOException {
        CharBuffer characters = CharBuffer.wrap(target, start, length).slice();
        while (true) {
            CoderResult result = decoder.decode(bytes, characters, ended);
            if (result.isError()) {
                throw notUtf8(offset + bytes.position());
            }
            if (characters.position() > 0) {
                return characters.position();
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private InvalidTable notUtf8(long at) throws IOException {
        long line = 1;
        try (InputStream again = new BufferedInputStream(file.open())) {
            boolean afterReturn = false;
            for (long i = 0; i < at; i++) {
                int b = again.read();
                if (b == '\r' || b == '\n' && !afterReturn) {
                    line++;
                }
                afterReturn = b == '\r';
            }
        }
        return new InvalidTable(
                new Flaw("encoding", "byte " + at + " is not UTF-8; save the text as UTF-8", line, null));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
