package dev.descent.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads an array row by row through one buffer.
///
/// An array whose first index runs fastest has the first row scattered over the whole file: it is read once for every
/// band of rows that fits into the buffer.
final class ArrayReader implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final int BAND = 32 << 20;

    private final ArrayFile file;
    private final Element element;
    private final long rows;
    private final int columns;
    private final int capacity; // rows of the buffer
    private final ByteBuffer block;
    private InputStream in;
    private long read; // rows in or before the block
    private int held; // rows in the block
    private int at; // row of the block to be read next
    private long inexact;

    /// For an array of as many columns as an int holds.
    ArrayReader(ArrayFile file) throws IOException {
        this.file = file;
        element = file.head().element();
        rows = file.head().rows();
        columns = Math.toIntExact(file.head().columns());
        long rowBytes = (long) columns * element.bytes();
        capacity = (int) Math.clamp((isScattered() ? BAND : BUFFER) / rowBytes, 1, rows);
        block = ByteBuffer.allocate(Math.toIntExact(capacity * rowBytes))
                .order(file.head().order());
        in = start();
    }

    private boolean isScattered() {
        return file.head().columnMajor() && columns > 1 && rows > 1;
    }

    private InputStream start() throws IOException {
        InputStream opened = file.source().open();
        try {
            opened.skipNBytes(file.head().bytes());
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// How many integers were rounded so far.
    long inexact() {
        return inexact;
    }

    /// Writes the next row's numbers to `cells` from `from` on; there has to be one.
    void next(double[] cells, int from) throws IOException {
        if (at == held) {
            held = (int) Math.min(capacity, rows - read);
            if (isScattered()) {
                readBand();
            } else {
                fill(0, held * columns * element.bytes());
            }
            read += held;
            at = 0;
        }
        int rowStep = isScattered() ? element.bytes() : columns * element.bytes();
        int columnStep = isScattered() ? held * element.bytes() : element.bytes();
        int index = at++ * rowStep;
        for (int i = 0; i < columns; i++) {
            cells[from + i] = element.get(block, index);
            inexact += element.isExact(block, index) ? 0 : 1;
            index += columnStep;
        }
    }

    private void readBand() throws IOException {
        if (read > 0) {
            in.close();
            in = start();
        }
        for (int column = 0; column < columns; column++) {
            skip((column == 0 ? read : rows - held) * element.bytes());
            fill(column * held * element.bytes(), held * element.bytes());
        }
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (EOFException early) {
            throw truncated();
        }
    }

    private void fill(int from, int length) throws IOException {
        if (in.readNBytes(block.array(), from, length) < length) {
            throw truncated();
        }
    }

    private InvalidTable truncated() {
        return ArrayFile.flaw(
                file.part(),
                "truncated",
                "the file ends before all of its " + file.head().extent() + " numbers have come");
    }

    /// Refuses a file that goes on after the last row; to be asked when that has been read.
    void requireEnd() throws IOException {
        skip(isScattered() ? (rows - read) * element.bytes() : 0);
        if (in.read() >= 0) {
            throw ArrayFile.flaw(
                    file.part(),
                    "trailing-data",
                    "the file goes on after its " + file.head().extent() + " numbers");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
