package dev.descent.core.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Columns of a table in memory, each in arrays as narrow as its file has them.
///
/// A cell reads as a binary64 number, exactly the one that was written.
public final class Cells {

    private final Storage[] storages;
    private final Object[] columns;
    private final int rows;

    Cells(Storage[] storages, int rows) {
        this.storages = storages;
        this.rows = rows;
        columns = new Object[storages.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = switch (storages[i]) {
                case BYTE -> new byte[rows];
                case SHORT -> new short[rows];
                case FLOAT -> new float[rows];
                case DOUBLE -> new double[rows];
            };
        }
    }

    /// These columns, `[column][row]`, not copied.
    public static Cells of(double[][] columns) {
        Storage[] storages = new Storage[columns.length];
        Arrays.fill(storages, Storage.DOUBLE);
        return new Cells(storages, columns, columns.length == 0 ? 0 : columns[0].length);
    }

    private Cells(Storage[] storages, Object[] columns, int rows) {
        this.storages = storages;
        this.columns = columns;
        this.rows = rows;
    }

    public int columns() {
        return columns.length;
    }

    public int rows() {
        return rows;
    }

    /// The cell of the column at this place, in this row; NaN where it is missing.
    public double get(int column, int row) {
        return switch (storages[column]) {
            case BYTE -> ((byte[]) columns[column])[row] & 0xff;
            case SHORT -> ((short[]) columns[column])[row];
            case FLOAT -> ((float[]) columns[column])[row];
            case DOUBLE -> ((double[]) columns[column])[row];
        };
    }

    /// The column at this place, to be read only.
    public double[] column(int column) {
        if (storages[column] == Storage.DOUBLE) {
            return (double[]) columns[column];
        }
        double[] cells = new double[rows];
        for (int row = 0; row < rows; row++) {
            cells[row] = get(column, row);
        }
        return cells;
    }

    /// The columns at these places, not copied.
    Cells select(int... places) {
        Storage[] chosen = new Storage[places.length];
        Arrays.setAll(chosen, i -> storages[places[i]]);
        return new Cells(chosen, Arrays.stream(places).mapToObj(i -> columns[i]).toArray(), rows);
    }

    /// Fills `count` rows of a column from `first` on out of `source`, where they stand `step` bytes apart from `from`.
    void fill(int column, int first, int count, ByteBuffer source, int from, int step) {
        switch (storages[column]) {
            case BYTE -> {
                byte[] cells = (byte[]) columns[column];
                for (int i = 0; i < count; i++) {
                    cells[first + i] = source.get(from + i * step);
                }
            }
            case SHORT -> {
                short[] cells = (short[]) columns[column];
                for (int i = 0; i < count; i++) {
                    cells[first + i] = source.getShort(from + i * step);
                }
            }
            case FLOAT -> {
                float[] cells = (float[]) columns[column];
                for (int i = 0; i < count; i++) {
                    cells[first + i] = source.getFloat(from + i * step);
                }
            }
            case DOUBLE -> {
                double[] cells = (double[]) columns[column];
                for (int i = 0; i < count; i++) {
                    cells[first + i] = source.getDouble(from + i * step);
                }
            }
        }
    }
}
