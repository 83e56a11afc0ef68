package dev.descent.core.linalg;

/// [Float64Gemm] by vectors, as Goto and van de Geijn (2008) lay it out: both operands are packed into panels that stay
/// in
/// the caches, and a tile of the output stays in registers while the inner index runs.
final class Float64PackedGemm extends Float64Gemm {

    /// Inner indices that one packed block covers: a panel of each operand fits the first-level cache.
    private static final int INNER = 256;

    /// Columns that one packed block covers: the block fits the second-level cache.
    private static final int COLUMNS = 512;

    private static final int ROWS = Float64Tile.ROWS;
    private static final int PANEL = Float64Tile.PANEL;

    private final Part[] workers;

    Float64PackedGemm(Team team) {
        super(team);
        workers = new Part[parts()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Part();
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

        private double[] packedA = new double[0];
        private double[] packedB = new double[0];
        private final double[] tile = new double[ROWS * PANEL];

        void compute(int firstRow, int lastRow, int firstColumn, int lastColumn) {
            int depth = Math.min(INNER, inner);
            int width = Math.min(COLUMNS, (lastColumn - firstColumn + PANEL - 1) / PANEL * PANEL);
            if (packedB.length < depth * width) {
                packedB = new double[depth * width];
            }
            if (packedA.length < depth * ROWS) {
                packedA = new double[depth * ROWS];
            }
            for (int j = firstColumn; j < lastColumn; j += COLUMNS) {
                int end = Math.min(j + COLUMNS, lastColumn);
                for (int k = 0; k < inner; k += INNER) {
                    int terms = Math.min(INNER, inner - k);
                    for (int p = j; p < end; p += PANEL) {
                        packB(k, terms, p, Math.min(PANEL, end - p), (p - j) * terms);
                    }
                    for (int i = firstRow; i < lastRow; i += ROWS) {
                        int height = Math.min(ROWS, lastRow - i);
                        packA(i, height, k, terms);
                        for (int p = j; p < end; p += PANEL) {
                            tile(i, height, p, Math.min(PANEL, end - p), (p - j) * terms, terms, k == 0);
                        }
                    }
                }
            }
        }

        /// `packedA[k, i]`; rows past `height` keep what they held, and nobody reads what they compute.
        private void packA(int row, int height, int k, int terms) {
            double[] from = a;
            double[] to = packedA;
            for (int i = 0; i < height; i++) {
                int at = (row + i) * aRow + k * aColumn;
                for (int t = 0; t < terms; t++) {
                    to[t * ROWS + i] = from[at];
                    at += aColumn;
                }
            }
        }

        /// `packedB[k, j]`; columns past `width` likewise.
        private void packB(int k, int terms, int column, int width, int offset) {
            double[] from = b;
            double[] to = packedB;
            if (bColumn == 1) {
                for (int t = 0; t < terms; t++) {
                    System.arraycopy(from, (k + t) * bRow + column, to, offset + t * PANEL, width);
                }
            } else {
                for (int j = 0; j < width; j++) {
                    int at = k * bRow + (column + j) * bColumn;
                    for (int t = 0; t < terms; t++) {
                        to[offset + t * PANEL + j] = from[at];
                        at += bRow;
                    }
                }
            }
        }

        private void tile(int row, int height, int column, int width, int panel, int terms, boolean first) {
            int at = row * cRow + column * cColumn;
            if (height == ROWS && width == PANEL && cColumn == 1) {
                Float64Tile.multiply(packedA, 0, packedB, panel, terms, c, at, cRow, first, height, width);
                return;
            }
            if (!first) {
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        tile[i * PANEL + j] = c[at + i * cRow + j * cColumn];
                    }
                }
            }
            Float64Tile.multiply(packedA, 0, packedB, panel, terms, tile, 0, PANEL, first, height, width);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    c[at + i * cRow + j * cColumn] = tile[i * PANEL + j];
                }
            }
        }
    }
}
