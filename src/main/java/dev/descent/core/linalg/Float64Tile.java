package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loop of the vector products in binary64: a tile of the output held in registers while the inner index
/// runs.
///
/// Each lane carries one output element's chain, so the width of a vector is invisible in the result. The variants
/// differ in
/// how much of a tile they compute, for the edges of a matrix. The build makes `Float32Tile` of this file.
final class Float64Tile {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /// Entries of a vector.
    static final int LANES = SPECIES.length();

    /// Columns of a tile, and entries a step of a packed right operand.
    static final int PANEL = 2 * LANES;

    /// Rows of a tile, and entries a step of a packed left operand: as many as the registers hold, 32 of them with 512
    /// bits or
    /// on AArch64, else 16.
    static final int ROWS = SPECIES.vectorBitSize() == 512 || SPECIES.vectorBitSize() == 128 ? 12 : 6;

    private static final int HALF = 6;

    private Float64Tile() {}

    /// `c[i, j] = chain over k of a[k, i] b[k, j]` for at least `height` rows and `width` columns of a tile of c at
    /// `atC` with
    /// rows `stride` apart, begun at zero when `first`, else continued from what c holds. It may
    /// write up to [#ROWS] rows and [#PANEL] columns.
    static void multiply(
            double[] a,
            int atA,
            double[] b,
            int atB,
            int bRow,
            int inner,
            double[] c,
            int atC,
            int stride,
            boolean first,
            int height,
            int width) {
        boolean all = ROWS > HALF && height > HALF;
        if (width > LANES) {
            if (all) {
                rows12(a, atA, b, atB, bRow, inner, c, atC, stride, first);
            } else {
                rows6(a, atA, b, atB, bRow, inner, c, atC, stride, first);
            }
        } else if (all) {
            rows12Narrow(a, atA, b, atB, bRow, inner, c, atC, stride, first);
        } else {
            rows6Narrow(a, atA, b, atB, bRow, inner, c, atC, stride, first);
        }
    }

    /// 12 rows by two vectors.
    private static void rows12(
            double[] a,
            int atA,
            double[] b,
            int atB,
            int bRow,
            int inner,
            double[] c,
            int atC,
            int stride,
            boolean first) {
        DoubleVector c0l;
        DoubleVector c0r;
        DoubleVector c1l;
        DoubleVector c1r;
        DoubleVector c2l;
        DoubleVector c2r;
        DoubleVector c3l;
        DoubleVector c3r;
        DoubleVector c4l;
        DoubleVector c4r;
        DoubleVector c5l;
        DoubleVector c5r;
        DoubleVector c6l;
        DoubleVector c6r;
        DoubleVector c7l;
        DoubleVector c7r;
        DoubleVector c8l;
        DoubleVector c8r;
        DoubleVector c9l;
        DoubleVector c9r;
        DoubleVector c10l;
        DoubleVector c10r;
        DoubleVector c11l;
        DoubleVector c11r;
        if (first) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            c0l = zero;
            c0r = zero;
            c1l = zero;
            c1r = zero;
            c2l = zero;
            c2r = zero;
            c3l = zero;
            c3r = zero;
            c4l = zero;
            c4r = zero;
            c5l = zero;
            c5r = zero;
            c6l = zero;
            c6r = zero;
            c7l = zero;
            c7r = zero;
            c8l = zero;
            c8r = zero;
            c9l = zero;
            c9r = zero;
            c10l = zero;
            c10r = zero;
            c11l = zero;
            c11r = zero;
        } else {
            c0l = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride);
            c0r = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride + LANES);
            c1l = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride);
            c1r = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride + LANES);
            c2l = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride);
            c2r = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride + LANES);
            c3l = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride);
            c3r = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride + LANES);
            c4l = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride);
            c4r = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride + LANES);
            c5l = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride);
            c5r = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride + LANES);
            c6l = DoubleVector.fromArray(SPECIES, c, atC + 6 * stride);
            c6r = DoubleVector.fromArray(SPECIES, c, atC + 6 * stride + LANES);
            c7l = DoubleVector.fromArray(SPECIES, c, atC + 7 * stride);
            c7r = DoubleVector.fromArray(SPECIES, c, atC + 7 * stride + LANES);
            c8l = DoubleVector.fromArray(SPECIES, c, atC + 8 * stride);
            c8r = DoubleVector.fromArray(SPECIES, c, atC + 8 * stride + LANES);
            c9l = DoubleVector.fromArray(SPECIES, c, atC + 9 * stride);
            c9r = DoubleVector.fromArray(SPECIES, c, atC + 9 * stride + LANES);
            c10l = DoubleVector.fromArray(SPECIES, c, atC + 10 * stride);
            c10r = DoubleVector.fromArray(SPECIES, c, atC + 10 * stride + LANES);
            c11l = DoubleVector.fromArray(SPECIES, c, atC + 11 * stride);
            c11r = DoubleVector.fromArray(SPECIES, c, atC + 11 * stride + LANES);
        }
        for (int k = 0; k < inner; k++) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, atB);
            DoubleVector r = DoubleVector.fromArray(SPECIES, b, atB + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[atA + 0]);
            c0l = a0.fma(l, c0l);
            c0r = a0.fma(r, c0r);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[atA + 1]);
            c1l = a1.fma(l, c1l);
            c1r = a1.fma(r, c1r);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[atA + 2]);
            c2l = a2.fma(l, c2l);
            c2r = a2.fma(r, c2r);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[atA + 3]);
            c3l = a3.fma(l, c3l);
            c3r = a3.fma(r, c3r);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[atA + 4]);
            c4l = a4.fma(l, c4l);
            c4r = a4.fma(r, c4r);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[atA + 5]);
            c5l = a5.fma(l, c5l);
            c5r = a5.fma(r, c5r);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[atA + 6]);
            c6l = a6.fma(l, c6l);
            c6r = a6.fma(r, c6r);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[atA + 7]);
            c7l = a7.fma(l, c7l);
            c7r = a7.fma(r, c7r);
            DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[atA + 8]);
            c8l = a8.fma(l, c8l);
            c8r = a8.fma(r, c8r);
            DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[atA + 9]);
            c9l = a9.fma(l, c9l);
            c9r = a9.fma(r, c9r);
            DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[atA + 10]);
            c10l = a10.fma(l, c10l);
            c10r = a10.fma(r, c10r);
            DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[atA + 11]);
            c11l = a11.fma(l, c11l);
            c11r = a11.fma(r, c11r);
            atA += ROWS;
            atB += bRow;
        }
        c0l.intoArray(c, atC + 0 * stride);
        c0r.intoArray(c, atC + 0 * stride + LANES);
        c1l.intoArray(c, atC + 1 * stride);
        c1r.intoArray(c, atC + 1 * stride + LANES);
        c2l.intoArray(c, atC + 2 * stride);
        c2r.intoArray(c, atC + 2 * stride + LANES);
        c3l.intoArray(c, atC + 3 * stride);
        c3r.intoArray(c, atC + 3 * stride + LANES);
        c4l.intoArray(c, atC + 4 * stride);
        c4r.intoArray(c, atC + 4 * stride + LANES);
        c5l.intoArray(c, atC + 5 * stride);
        c5r.intoArray(c, atC + 5 * stride + LANES);
        c6l.intoArray(c, atC + 6 * stride);
        c6r.intoArray(c, atC + 6 * stride + LANES);
        c7l.intoArray(c, atC + 7 * stride);
        c7r.intoArray(c, atC + 7 * stride + LANES);
        c8l.intoArray(c, atC + 8 * stride);
        c8r.intoArray(c, atC + 8 * stride + LANES);
        c9l.intoArray(c, atC + 9 * stride);
        c9r.intoArray(c, atC + 9 * stride + LANES);
        c10l.intoArray(c, atC + 10 * stride);
        c10r.intoArray(c, atC + 10 * stride + LANES);
        c11l.intoArray(c, atC + 11 * stride);
        c11r.intoArray(c, atC + 11 * stride + LANES);
    }

    /// 6 rows by two vectors.
    private static void rows6(
            double[] a,
            int atA,
            double[] b,
            int atB,
            int bRow,
            int inner,
            double[] c,
            int atC,
            int stride,
            boolean first) {
        DoubleVector c0l;
        DoubleVector c0r;
        DoubleVector c1l;
        DoubleVector c1r;
        DoubleVector c2l;
        DoubleVector c2r;
        DoubleVector c3l;
        DoubleVector c3r;
        DoubleVector c4l;
        DoubleVector c4r;
        DoubleVector c5l;
        DoubleVector c5r;
        if (first) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            c0l = zero;
            c0r = zero;
            c1l = zero;
            c1r = zero;
            c2l = zero;
            c2r = zero;
            c3l = zero;
            c3r = zero;
            c4l = zero;
            c4r = zero;
            c5l = zero;
            c5r = zero;
        } else {
            c0l = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride);
            c0r = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride + LANES);
            c1l = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride);
            c1r = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride + LANES);
            c2l = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride);
            c2r = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride + LANES);
            c3l = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride);
            c3r = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride + LANES);
            c4l = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride);
            c4r = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride + LANES);
            c5l = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride);
            c5r = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride + LANES);
        }
        for (int k = 0; k < inner; k++) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, atB);
            DoubleVector r = DoubleVector.fromArray(SPECIES, b, atB + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[atA + 0]);
            c0l = a0.fma(l, c0l);
            c0r = a0.fma(r, c0r);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[atA + 1]);
            c1l = a1.fma(l, c1l);
            c1r = a1.fma(r, c1r);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[atA + 2]);
            c2l = a2.fma(l, c2l);
            c2r = a2.fma(r, c2r);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[atA + 3]);
            c3l = a3.fma(l, c3l);
            c3r = a3.fma(r, c3r);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[atA + 4]);
            c4l = a4.fma(l, c4l);
            c4r = a4.fma(r, c4r);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[atA + 5]);
            c5l = a5.fma(l, c5l);
            c5r = a5.fma(r, c5r);
            atA += ROWS;
            atB += bRow;
        }
        c0l.intoArray(c, atC + 0 * stride);
        c0r.intoArray(c, atC + 0 * stride + LANES);
        c1l.intoArray(c, atC + 1 * stride);
        c1r.intoArray(c, atC + 1 * stride + LANES);
        c2l.intoArray(c, atC + 2 * stride);
        c2r.intoArray(c, atC + 2 * stride + LANES);
        c3l.intoArray(c, atC + 3 * stride);
        c3r.intoArray(c, atC + 3 * stride + LANES);
        c4l.intoArray(c, atC + 4 * stride);
        c4r.intoArray(c, atC + 4 * stride + LANES);
        c5l.intoArray(c, atC + 5 * stride);
        c5r.intoArray(c, atC + 5 * stride + LANES);
    }

    /// 12 rows by one vector.
    private static void rows12Narrow(
            double[] a,
            int atA,
            double[] b,
            int atB,
            int bRow,
            int inner,
            double[] c,
            int atC,
            int stride,
            boolean first) {
        DoubleVector c0l;
        DoubleVector c1l;
        DoubleVector c2l;
        DoubleVector c3l;
        DoubleVector c4l;
        DoubleVector c5l;
        DoubleVector c6l;
        DoubleVector c7l;
        DoubleVector c8l;
        DoubleVector c9l;
        DoubleVector c10l;
        DoubleVector c11l;
        if (first) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            c0l = zero;
            c1l = zero;
            c2l = zero;
            c3l = zero;
            c4l = zero;
            c5l = zero;
            c6l = zero;
            c7l = zero;
            c8l = zero;
            c9l = zero;
            c10l = zero;
            c11l = zero;
        } else {
            c0l = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride);
            c1l = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride);
            c2l = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride);
            c3l = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride);
            c4l = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride);
            c5l = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride);
            c6l = DoubleVector.fromArray(SPECIES, c, atC + 6 * stride);
            c7l = DoubleVector.fromArray(SPECIES, c, atC + 7 * stride);
            c8l = DoubleVector.fromArray(SPECIES, c, atC + 8 * stride);
            c9l = DoubleVector.fromArray(SPECIES, c, atC + 9 * stride);
            c10l = DoubleVector.fromArray(SPECIES, c, atC + 10 * stride);
            c11l = DoubleVector.fromArray(SPECIES, c, atC + 11 * stride);
        }
        for (int k = 0; k < inner; k++) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, atB);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[atA + 0]);
            c0l = a0.fma(l, c0l);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[atA + 1]);
            c1l = a1.fma(l, c1l);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[atA + 2]);
            c2l = a2.fma(l, c2l);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[atA + 3]);
            c3l = a3.fma(l, c3l);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[atA + 4]);
            c4l = a4.fma(l, c4l);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[atA + 5]);
            c5l = a5.fma(l, c5l);
            DoubleVector a6 = DoubleVector.broadcast(SPECIES, a[atA + 6]);
            c6l = a6.fma(l, c6l);
            DoubleVector a7 = DoubleVector.broadcast(SPECIES, a[atA + 7]);
            c7l = a7.fma(l, c7l);
            DoubleVector a8 = DoubleVector.broadcast(SPECIES, a[atA + 8]);
            c8l = a8.fma(l, c8l);
            DoubleVector a9 = DoubleVector.broadcast(SPECIES, a[atA + 9]);
            c9l = a9.fma(l, c9l);
            DoubleVector a10 = DoubleVector.broadcast(SPECIES, a[atA + 10]);
            c10l = a10.fma(l, c10l);
            DoubleVector a11 = DoubleVector.broadcast(SPECIES, a[atA + 11]);
            c11l = a11.fma(l, c11l);
            atA += ROWS;
            atB += bRow;
        }
        c0l.intoArray(c, atC + 0 * stride);
        c1l.intoArray(c, atC + 1 * stride);
        c2l.intoArray(c, atC + 2 * stride);
        c3l.intoArray(c, atC + 3 * stride);
        c4l.intoArray(c, atC + 4 * stride);
        c5l.intoArray(c, atC + 5 * stride);
        c6l.intoArray(c, atC + 6 * stride);
        c7l.intoArray(c, atC + 7 * stride);
        c8l.intoArray(c, atC + 8 * stride);
        c9l.intoArray(c, atC + 9 * stride);
        c10l.intoArray(c, atC + 10 * stride);
        c11l.intoArray(c, atC + 11 * stride);
    }

    /// 6 rows by one vector.
    private static void rows6Narrow(
            double[] a,
            int atA,
            double[] b,
            int atB,
            int bRow,
            int inner,
            double[] c,
            int atC,
            int stride,
            boolean first) {
        DoubleVector c0l;
        DoubleVector c1l;
        DoubleVector c2l;
        DoubleVector c3l;
        DoubleVector c4l;
        DoubleVector c5l;
        if (first) {
            DoubleVector zero = DoubleVector.zero(SPECIES);
            c0l = zero;
            c1l = zero;
            c2l = zero;
            c3l = zero;
            c4l = zero;
            c5l = zero;
        } else {
            c0l = DoubleVector.fromArray(SPECIES, c, atC + 0 * stride);
            c1l = DoubleVector.fromArray(SPECIES, c, atC + 1 * stride);
            c2l = DoubleVector.fromArray(SPECIES, c, atC + 2 * stride);
            c3l = DoubleVector.fromArray(SPECIES, c, atC + 3 * stride);
            c4l = DoubleVector.fromArray(SPECIES, c, atC + 4 * stride);
            c5l = DoubleVector.fromArray(SPECIES, c, atC + 5 * stride);
        }
        for (int k = 0; k < inner; k++) {
            DoubleVector l = DoubleVector.fromArray(SPECIES, b, atB);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, a[atA + 0]);
            c0l = a0.fma(l, c0l);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, a[atA + 1]);
            c1l = a1.fma(l, c1l);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, a[atA + 2]);
            c2l = a2.fma(l, c2l);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, a[atA + 3]);
            c3l = a3.fma(l, c3l);
            DoubleVector a4 = DoubleVector.broadcast(SPECIES, a[atA + 4]);
            c4l = a4.fma(l, c4l);
            DoubleVector a5 = DoubleVector.broadcast(SPECIES, a[atA + 5]);
            c5l = a5.fma(l, c5l);
            atA += ROWS;
            atB += bRow;
        }
        c0l.intoArray(c, atC + 0 * stride);
        c1l.intoArray(c, atC + 1 * stride);
        c2l.intoArray(c, atC + 2 * stride);
        c3l.intoArray(c, atC + 3 * stride);
        c4l.intoArray(c, atC + 4 * stride);
        c5l.intoArray(c, atC + 5 * stride);
    }
}
