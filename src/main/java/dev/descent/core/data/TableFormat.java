package dev.descent.core.data;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The canonical form of a table, so that equal tables are equal bytes. All numbers are little-endian.
///
/// ```
/// "DTBL"  int version  long rows  int columns  int length of the headings
/// headings, each: byte type (0 numeric, 1 categorical), byte storage, text name, int categories, their texts
/// a text: int bytes, UTF-8
/// zeros up to a multiple of 8
/// cells in row order: the number, for a category its code, for a missing cell the canonical NaN
/// ```
/// A cell takes what its column's storage takes: 0 an unsigned byte, 1 a signed short, 2 a binary32, 3 a binary64
/// number;
/// the narrowest that holds all of the column's cells exactly. Version 1 had no storage: every cell was a binary64
/// number.
final class TableFormat {

    static final int PREAMBLE = 24;

    private static final int MAGIC = 0x4c425444;
    private static final int VERSION = 2;
    private static final int MAXIMUM_HEADINGS = 256 << 20;

    /// What stands before the cells, and how many bytes it takes.
    record Head(List<Heading> headings, List<Storage> storages, long rows, long bytes) {

        int rowBytes() {
            return storages.stream().mapToInt(Storage::bytes).sum();
        }

        /// Where in a row the cell at each place begins.
        int[] offsets() {
            int[] offsets = new int[storages.size()];
            for (int i = 1; i < offsets.length; i++) {
                offsets[i] = offsets[i - 1] + storages.get(i - 1).bytes();
            }
            return offsets;
        }
    }

    private TableFormat() {}

    static byte[] head(List<Heading> headings, List<Storage> storages, long rows) {
        int length = 0;
        for (Heading heading : headings) {
            length = Math.addExact(length, 2 + 4 + bytes(heading.name()).length + 4);
            for (String category : heading.categories()) {
                length = Math.addExact(length, 4 + bytes(category).length);
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(padded(PREAMBLE + length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(MAGIC)
                .putInt(VERSION)
                .putLong(rows)
                .putInt(headings.size())
                .putInt(length);
        for (int i = 0; i < headings.size(); i++) {
            Heading heading = headings.get(i);
            buffer.put((byte) heading.type().ordinal());
            buffer.put((byte) storages.get(i).ordinal());
            put(buffer, heading.name());
            buffer.putInt(heading.categories().size());
            heading.categories().forEach(category -> put(buffer, category));
        }
        return buffer.array();
    }

    private static void put(ByteBuffer buffer, String text) {
        byte[] bytes = bytes(text);
        buffer.putInt(bytes.length).put(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int padded(int length) {
        return Math.addExact(length, 7) & -8;
    }

    /// The number of bytes that the headings take, from the first [#PREAMBLE] bytes.
    static int headingBytes(ByteBuffer preamble) throws IOException {
        ByteBuffer buffer = preamble.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int magic = buffer.getInt();
        int version = buffer.getInt();
        if (magic != MAGIC || version < 1 || version > VERSION) {
            throw new IOException("not a table of version 1 to " + VERSION);
        }
        int length = buffer.getInt(PREAMBLE - 4);
        if (length < 0 || length > MAXIMUM_HEADINGS) {
            throw new IOException("the table's headings claim to take " + length + " bytes");
        }
        return padded(PREAMBLE + length) - PREAMBLE;
    }

    /// Reads preamble and headings; `fileBytes`, the length of the whole, has to be what they say.
    static Head read(ByteBuffer preamble, ByteBuffer headings, long fileBytes) throws IOException {
        ByteBuffer buffer = preamble.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int version = buffer.getInt(4);
        long rows = buffer.getLong(8);
        int columns = buffer.getInt(16);
        long bytes = PREAMBLE + headings.remaining();
        List<Heading> read = new ArrayList<>();
        List<Storage> storages = new ArrayList<>();
        readHeadings(headings.duplicate().order(ByteOrder.LITTLE_ENDIAN), version, columns, read, storages);
        Head head = new Head(List.copyOf(read), List.copyOf(storages), rows, bytes);
        if (rows < 0
                || columns < 1
                || rows > (fileBytes - bytes) / head.rowBytes()
                || bytes + rows * head.rowBytes() != fileBytes) {
            throw new IOException("the table's file has " + fileBytes + " bytes, not those of " + rows + " rows of "
                    + columns + " columns");
        }
        return head;
    }

    private static void readHeadings(
            ByteBuffer buffer, int version, int columns, List<Heading> headings, List<Storage> storages)
            throws IOException {
        ColumnType[] types = ColumnType.values();
        try {
            for (int i = 0; i < columns; i++) {
                int type = buffer.get();
                storages.add(version == 1 ? Storage.DOUBLE : Storage.values()[buffer.get()]);
                String name = text(buffer);
                int count = buffer.getInt();
                List<String> categories = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    categories.add(text(buffer));
                }
                headings.add(new Heading(name, types[type], categories));
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("the table's headings are damaged", e);
        }
    }

    private static String text(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
