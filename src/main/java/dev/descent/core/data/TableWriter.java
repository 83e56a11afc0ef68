package dev.descent.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes a table in its canonical form, row by row, and sums its columns up on the way.
///
/// The stream handed in stays open and may be unbuffered.
public final class TableWriter {

    /// Different numbers that are counted per column; fewer where the columns are many.
    private static final int DISTINCT_PER_COLUMN = 10_000;

    private static final int DISTINCT_ALTOGETHER = 2_000_000;
    private static final int BUFFER = 1 << 16;

    private final OutputStream target;
    private final List<ColumnStatistics> statistics = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final long rows;
    private long written;

    /// `rows` is how many calls of [#row] will follow.
    public TableWriter(OutputStream target, List<Heading> headings, long rows) throws IOException {
        this.target = target;
        this.rows = rows;
        int distinct = Math.min(DISTINCT_PER_COLUMN, DISTINCT_ALTOGETHER / Math.max(1, headings.size()));
        headings.forEach(heading -> statistics.add(new ColumnStatistics(
                heading,
                heading.type() == ColumnType.NUMERIC
                        ? distinct
                        : heading.categories().size())));
        target.write(TableFormat.head(headings, rows));
    }

    /// Appends a row, one number per column: a category's code, NaN for a missing cell. Reads `cells` only now.
    public void row(double[] cells) throws IOException {
        if (cells.length != statistics.size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells for " + statistics.size() + " columns");
        }
        written++;
        for (int i = 0; i < cells.length; i++) {
            if (buffer.remaining() < Double.BYTES) {
                flush();
            }
            buffer.putLong(Double.doubleToLongBits(cells[i]));
            statistics.get(i).add(cells[i]);
        }
    }

    /// Writes what is left and returns the columns summed up.
    public List<Column> finish() throws IOException {
        if (written != rows) {
            throw new IllegalStateException(written + " rows were written, " + rows + " announced");
        }
        flush();
        return statistics.stream().map(ColumnStatistics::column).toList();
    }

    private void flush() throws IOException {
        target.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
