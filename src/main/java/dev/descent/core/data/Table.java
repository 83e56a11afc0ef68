package dev.descent.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;

/// A table in its canonical form, read from a channel: single rows, whole columns, or everything row by row.
///
/// A cell is a binary64 number: the value, a category's code, or NaN where it is missing. Damage is an `IOException`.
/// One thread's; closing it closes the channel.
public final class Table implements AutoCloseable {

    /// Takes one row's cells, which stand in `cells` only until it returns.
    @FunctionalInterface
    public interface RowVisitor {
        void row(long index, double[] cells);
    }

    private static final int BUFFER = 1 << 18;

    private final SeekableByteChannel channel;
    private final TableFormat.Head head;
    private final Storage[] storages;
    private final int[] offsets;
    private final int rowBytes;

    private Table(SeekableByteChannel channel, TableFormat.Head head) {
        this.channel = channel;
        this.head = head;
        storages = head.storages().toArray(new Storage[0]);
        offsets = head.offsets();
        rowBytes = head.rowBytes();
    }

    /// Reads and checks what stands before the cells.
    public static Table open(SeekableByteChannel channel) throws IOException {
        channel.position(0);
        ByteBuffer preamble = fill(channel, ByteBuffer.allocate(TableFormat.PREAMBLE));
        int headings = TableFormat.headingBytes(preamble);
        if (headings > channel.size()) {
            throw new EOFException("the table's file ends within its headings");
        }
        return new Table(
                channel, TableFormat.read(preamble, fill(channel, ByteBuffer.allocate(headings)), channel.size()));
    }

    public List<Heading> headings() {
        return head.headings();
    }

    public long rows() {
        return head.rows();
    }

    /// The place of the column with this name, counted from 0; -1 when there is none.
    public int indexOf(String name) {
        for (int i = 0; i < headings().size(); i++) {
            if (headings().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// Rows `offset` to `offset + limit`, as far as there are any.
    public double[][] rows(long offset, int limit) throws IOException {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
        }
        int count = (int) Math.min(limit, Math.max(0, rows() - offset));
        double[][] rows = new double[count][];
        visit(offset, count, (index, cells) -> rows[(int) (index - offset)] = cells.clone());
        return rows;
    }

    /// The bytes that a row's cells at these places take, here and in [#cells].
    public long bytesPerRow(int... places) {
        return Arrays.stream(places).mapToLong(place -> storages[place].bytes()).sum();
    }

    /// The columns at these places, in the order asked for, all in one pass over the file.
    public Cells cells(int... places) throws IOException {
        Storage[] chosen = new Storage[places.length];
        Arrays.setAll(chosen, i -> storages[places[i]]);
        Cells cells = new Cells(chosen, Math.toIntExact(rows()));
        forEachBlock(0, rows(), (first, count, block) -> {
            for (int i = 0; i < places.length; i++) {
                cells.fill(i, (int) first, count, block, offsets[places[i]], rowBytes);
            }
        });
        return cells;
    }

    /// The cells of the column with this name.
    public double[] column(String name) throws IOException {
        int place = indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("no column " + name);
        }
        return cells(place).column(0);
    }

    /// Hands over `count` rows from `offset` on, one after the other.
    public void visit(long offset, long count, RowVisitor visitor) throws IOException {
        double[] cells = new double[storages.length];
        forEachBlock(offset, count, (first, rows, block) -> {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cells.length; j++) {
                    cells[j] = switch (storages[j]) {
                        case BYTE -> block.get() & 0xff;
                        case SHORT -> block.getShort();
                        case FLOAT -> block.getFloat();
                        case DOUBLE -> block.getDouble();
                    };
                }
                visitor.row(first + i, cells);
            }
        });
    }

    /// Takes some rows as they stand in the file.
    private interface BlockVisitor {
        void block(long first, int count, ByteBuffer block);
    }

    private void forEachBlock(long offset, long count, BlockVisitor visitor) throws IOException {
        int fitting = Math.max(1, BUFFER / rowBytes);
        ByteBuffer buffer = ByteBuffer.allocate(fitting * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(head.bytes() + offset * rowBytes);
        for (long first = offset; first < offset + count; first += fitting) {
            int rows = (int) Math.min(fitting, offset + count - first);
            visitor.block(first, rows, fill(channel, buffer.clear().limit(rows * rowBytes)));
        }
    }

    private static ByteBuffer fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the table's file ends too early");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
