package dev.descent.core.linalg;

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

    Float64PackedGemm(Team team) {
        super(team, true);
        workers = new Part[parts()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Part(i);
        }
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
                    packA(i, bottom, k, terms);
                    for (int j = firstColumn; j < lastColumn; j += COLUMNS) {
                        int right = Math.min(j + COLUMNS, lastColumn);
                        packB(j, right, k, terms);
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

        private void packA(int row, int bottom, int k, int terms) {
            int offset = 0;
            for (int i = row; i < bottom; i += ROWS) {
                int lines = Math.min(ROWS, bottom - i);
                packing.pack(a, i, lines, k, terms, packedA, offset, ROWS);
                offset += ROWS * terms;
            }
        }

        private void packB(int column, int right, int k, int terms) {
            int offset = 0;
            for (int j = column; j < right; j += PANEL) {
                int lines = Math.min(PANEL, right - j);
                packing.pack(b, j, lines, k, terms, packedB, offset, PANEL);
                offset += PANEL * terms;
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
