package dev.descent.core.linalg;

import org.jspecify.annotations.Nullable;

/// [Float64Gemm] by vectors, as Goto and van de Geijn (2008) lay it out: both operands are packed into panels that stay
/// in the caches, and a tile of the output stays in registers while the inner index runs.
final class Float64PackedGemm extends Float64Gemm {

    /// Inner indices that one packed block covers: a panel of the left operand fits the first-level cache.
    private static final int INNER = 2048 / Double.BYTES;

    /// Columns that one packed block covers: a block of the right operand fits the second-level cache.
    private static final int COLUMNS = 256;

    /// Rows that one packed block covers: a block of the left operand fits the third-level cache.
    private static final int BLOCK = 1020;

    private static final int ROWS = Float64Tile.ROWS;
    private static final int PANEL = Float64Tile.PANEL;

    private final Part[] workers;
    private final Float64Operand fromA = new Float64Operand();
    private final Float64Operand fromB = new Float64Operand();
    private @Nullable Selection selection; // of the rows of an operand, read where they stand
    private boolean leftIsSelected;

    Float64PackedGemm(Team team) {
        super(team);
        workers = new Part[parts()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Part(i);
        }
    }

    /// The matrix from which rows are selected, unless its rows are narrow: those are scattered over columns, and
    /// cheaper
    /// to gather once than to read twice.
    @Override
    Float64Matrix source(Rows x, boolean left) {
        if (x instanceof Selection selected && selected.source() instanceof Float64Matrix from && from.isByRows()) {
            selection = selected;
            leftIsSelected = left;
            return from;
        }
        return super.source(x, left);
    }

    /// Lets the vectors run along what stands together in the output, unless that side is the shorter and too short for
    /// them.
    @Override
    void prepare() {
        if (cColumn != 1) {
            transpose();
        }
        if (columns < PANEL && rows > columns) {
            transpose();
        }
        fromA.set(a, aRow, aColumn);
        fromB.set(b, bColumn, bRow);
        if (selection != null && leftIsSelected) {
            (turned ? fromB : fromA).selectLines(selection);
        } else if (selection != null) {
            (turned ? fromA : fromB).selectTerms(selection);
        }
        selection = null;
    }

    @Override
    public void part(int index, int parts) {
        Part worker = workers[index];
        if (columns >= rows) {
            worker.compute(0, rows, split(columns, PANEL, index, parts), split(columns, PANEL, index + 1, parts));
        } else {
            worker.compute(split(rows, ROWS, index, parts), split(rows, ROWS, index + 1, parts), 0, columns);
        }
    }

    /// Where part `index` of `size` begins, at a multiple of `unit`.
    private static int split(int size, int unit, int index, int parts) {
        int units = (size + unit - 1) / unit;
        return (int) Math.min(size, (long) units * index / parts * unit);
    }

    /// One thread's share, with its buffers.
    private final class Part {

        private final int index;
        private double[] packedA = new double[0];
        private double[] packedB = new double[0];
        private final Float64Packing packing = new Float64Packing();
        private final double[] tile = new double[ROWS * PANEL];

        Part(int index) {
            this.index = index;
        }

        void compute(int firstRow, int lastRow, int firstColumn, int lastColumn) {
            reserve(lastRow - firstRow, lastColumn - firstColumn);
            for (int i = firstRow; i < lastRow; i += BLOCK) {
                int bottom = Math.min(i + BLOCK, lastRow);
                for (int k = 0; k < inner; k += INNER) {
                    int terms = Math.min(INNER, inner - k);
                    packing.pack(fromA, i, bottom - i, k, terms, packedA, ROWS);
                    for (int j = firstColumn; j < lastColumn; j += COLUMNS) {
                        int right = Math.min(j + COLUMNS, lastColumn);
                        packing.pack(fromB, j, right - j, k, terms, packedB, PANEL);
                        block(i, bottom, j, right, terms, k == 0, k + terms == inner);
                    }
                }
            }
        }

        private void reserve(int height, int width) {
            int depth = Math.min(INNER, inner);
            int left = Math.min(BLOCK, (height + ROWS - 1) / ROWS * ROWS) * depth + Float64Packing.SLACK;
            int right = Math.min(COLUMNS, (width + PANEL - 1) / PANEL * PANEL) * depth + Float64Packing.SLACK;
            if (packedA.length < left) {
                packedA = new double[left];
            }
            if (packedB.length < right) {
                packedB = new double[right];
            }
        }

        private void block(int row, int bottom, int column, int right, int terms, boolean first, boolean last) {
            int left = 0;
            for (int i = row; i < bottom; i += ROWS) {
                int height = Math.min(ROWS, bottom - i);
                int panel = 0;
                for (int j = column; j < right; j += PANEL) {
                    tile(i, height, j, Math.min(PANEL, right - j), left, panel, terms, first);
                    panel += PANEL * terms;
                }
                left += ROWS * terms;
                if (last) {
                    finish(index, i, i + height, column, right);
                }
            }
        }

        private void tile(int row, int height, int column, int width, int left, int panel, int terms, boolean first) {
            int at = row * cRow + column * cColumn;
            if (height == ROWS && width == PANEL && cColumn == 1) {
                Float64Tile.multiply(packedA, left, packedB, panel, PANEL, terms, c, at, cRow, first, height, width);
                return;
            }
            if (!first) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        tile[i * PANEL + j] = c[at + i * cRow + j * cColumn];
                    }
                }
            }
            Float64Tile.multiply(packedA, left, packedB, panel, PANEL, terms, tile, 0, PANEL, first, height, width);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    c[at + i * cRow + j * cColumn] = tile[i * PANEL + j];
                }
            }
        }
    }
}
