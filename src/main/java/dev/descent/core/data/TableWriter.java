package dev.descent.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Writes a table in its canonical form, row by row, and sums its columns up on the way.
///
/// The stream handed in stays open and may be unbuffered.
final class TableWriter {

    /// Different numbers that are counted per column; fewer where the columns are many.
    private static final int DISTINCT_PER_COLUMN = 10_000;

    private static final int DISTINCT_ALTOGETHER = 2_000_000;
    private static final int BUFFER = 1 << 16;

    private final OutputStream target;
    private final ColumnStatistics[] statistics;
    private final Storage[] storages;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final long rows;
    private long written;

    /// `rows` is how many calls of [#row] will follow, and `storages` what the columns' cells need, one a column.
    TableWriter(OutputStream target, List<Heading> headings, List<Storage> storages, long rows) throws IOException {
        this.target = target;
        this.rows = rows;
        this.storages = storages.toArray(new Storage[0]);
        int distinct = Math.min(DISTINCT_PER_COLUMN, DISTINCT_ALTOGETHER / Math.max(1, headings.size()));
        statistics = headings.stream()
                .map(heading -> new ColumnStatistics(
                        heading,
                        heading.type() == ColumnType.NUMERIC
                                ? distinct
                                : heading.categories().size()))
                .toArray(ColumnStatistics[]::new);
        target.write(TableFormat.head(headings, storages, rows));
    }

    /// Appends a row, one number per column: a category's code, NaN for a missing cell. Reads `cells` only now.
    void row(double[] cells) throws IOException {
        if (cells.length != statistics.length) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells for " + statistics.length + " columns");
        }
        written++;
        for (int i = 0; i < cells.length; i++) {
            if (buffer.remaining() < Double.BYTES) {
                flush();
            }
            if (!storages[i].holds(cells[i])) {
                throw new IllegalArgumentException("column " + i + " is kept as " + storages[i] + ", not " + cells[i]);
            }
            storages[i].put(buffer, cells[i]);
            statistics[i].add(cells[i]);
        }
    }

    /// Writes what is left and returns the columns summed up.
    public List<Column> finish() throws IOException {
        if (written != rows) {
            throw new IllegalStateException(written + " rows were written, " + rows + " announced");
        }
        flush();
        return Arrays.stream(statistics).map(ColumnStatistics::column).toList();
    }

    private void flush() throws IOException {
        target.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
