package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies a block of an operand into panels, a strip of its lines into each: for every inner index one entry of each of
/// the strip's lines, side by side.
///
/// A panel has `panel` places an inner index, of which a strip may fill fewer; what stands in the others is of no
/// account. It may write up to [#SLACK] entries past its end, which the next panel then overwrites. One instance a
/// thread.
/// The build makes `Float32Packing` of this file.
final class Float64Packing {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// Room that the storage of panels needs past its last panel.
    static final int SLACK = LANES;

    private static final int QUADS = LANES / 4;

    private static final VectorShuffle<Double> SWAP_ONES = swap(1);
    private static final VectorShuffle<Double> SWAP_TWOS = swap(2);
    private static final VectorShuffle<Double> SWAP_FOURS = swap(4);
    private static final VectorShuffle<Double> SWAP_EIGHTS = swap(8);
    private static final VectorMask<Double> UPPER_ONES = VectorMask.fromLong(SPECIES, 0xaaaaL);
    private static final VectorMask<Double> UPPER_TWOS = VectorMask.fromLong(SPECIES, 0xccccL);
    private static final VectorMask<Double> UPPER_FOURS = VectorMask.fromLong(SPECIES, 0xf0f0L);
    private static final VectorMask<Double> UPPER_EIGHTS = VectorMask.fromLong(SPECIES, 0xff00L);

    /// Lines that the largest panel has room for, in whole vectors.
    private static final int MOST = Math.max(Float64Tile.PANEL, (Float64Tile.ROWS + LANES - 1) / LANES * LANES);

    private final double[] scratch = new double[LANES * LANES];
    private final int[] lineAt = new int[MOST];

    private static VectorShuffle<Double> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance % LANES);
    }

    /// Packs `lines` lines from `line` on for `terms` inner indices from `term` on.
    void pack(Float64Operand from, int line, int lines, int term, int terms, double[] to, int panel) {
        int done = from.hasLinesTogether() && panel == 2 * LANES ? copyWhole(from, line, lines, term, terms, to) : 0;
        for (; done < lines; done += panel) {
            strip(from, line + done, Math.min(panel, lines - done), term, terms, to, done * terms, panel);
        }
    }

    /// Lines that stand together in memory, as far as they fill panels of two vectors: along the lines, since where the
    /// next inner index begins is far away. Returns how many.
    private static int copyWhole(Float64Operand from, int line, int lines, int term, int terms, double[] to) {
        double[] data = from.data;
        int panel = 2 * LANES;
        int whole = lines / panel * panel;
        for (int t = 0; t < terms; t++) {
            int at = line + from.term(term + t);
            for (int i = 0; i < whole; i += panel) {
                int target = i * terms + t * panel;
                DoubleVector.fromArray(SPECIES, data, at + i).intoArray(to, target);
                DoubleVector.fromArray(SPECIES, data, at + i + LANES).intoArray(to, target + LANES);
            }
        }
        return whole;
    }

    /// Entry `offset + t panel + i` of `to` becomes that of `from` for line `line + i` and inner index `term + t`.
    private void strip(
            Float64Operand from, int line, int lines, int term, int terms, double[] to, int offset, int panel) {
        if (from.hasLinesTogether()) {
            copy(from, line, lines, term, terms, to, offset, panel);
        } else if (from.hasTermsTogether() && QUADS > 0 && terms >= LANES) {
            for (int i = 0; i < MOST; i++) {
                lineAt[i] = from.line(line + Math.min(i, lines - 1)); // past the last, it again
            }
            // backwards: what spills over is line 0's
            for (int i = (lines - 1) / LANES * LANES; i >= 0; i -= LANES) {
                for (int t = 0; t < terms; t += LANES) {
                    int begin = Math.min(t, terms - LANES); // the last block may cover some of the one before again
                    transpose(from.data, term + begin, i, to, offset + begin * panel + i, panel);
                }
            }
        } else {
            for (int i = 0; i < lines; i++) {
                int at = from.line(line + i);
                for (int t = 0; t < terms; t++) {
                    to[offset + t * panel + i] = from.data[at + from.term(term + t)];
                }
            }
        }
    }

    /// Lines that stand together in memory: whole vectors, the last of which may hold entries of other lines, but for
    /// what the end of the storage is nearer to.
    private static void copy(
            Float64Operand from, int line, int lines, int term, int terms, double[] to, int offset, int panel) {
        double[] data = from.data;
        for (int i = (lines - 1) / LANES * LANES; i >= 0; i -= LANES) { // backwards, as above
            for (int t = 0; t < terms; t++) {
                int at = line + i + from.term(term + t);
                int target = offset + t * panel + i;
                if (at + LANES <= data.length) {
                    DoubleVector.fromArray(SPECIES, data, at).intoArray(to, target);
                } else {
                    System.arraycopy(data, at, to, target, lines - i);
                }
            }
        }
    }

    /// Transposes as many inner indices, from `term` on, of the lines at `lineAt[first]` and after it as there are
    /// lanes.
    ///
    /// First, of each four lines four apart, swaps fours of lanes and then eights, so that `scratch[q, r]` has four
    /// inner indices, the q-th four, of the lines r, 4 + r, 8 + r, ...; then swaps neighbouring lanes and pairs of
    /// them, and writes one inner index after the other.
    private void transpose(double[] from, int term, int first, double[] to, int target, int panel) {
        double[] between = scratch;
        for (int r = 0; r < 4; r++) {
            int at = first + r;
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, from, lineAt[at] + term);
            if (QUADS == 1) {
                v0.intoArray(between, r * LANES);
                continue;
            }
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, from, lineAt[at + 4] + term);
            DoubleVector w0 = v0.blend(v1.rearrange(SWAP_FOURS), UPPER_FOURS);
            DoubleVector w1 = v0.rearrange(SWAP_FOURS).blend(v1, UPPER_FOURS);
            if (QUADS == 2) {
                w0.intoArray(between, r * LANES);
                w1.intoArray(between, (4 + r) * LANES);
                continue;
            }
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, from, lineAt[at + 8] + term);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, from, lineAt[at + 12] + term);
            DoubleVector w2 = v2.blend(v3.rearrange(SWAP_FOURS), UPPER_FOURS);
            DoubleVector w3 = v2.rearrange(SWAP_FOURS).blend(v3, UPPER_FOURS);
            w0.blend(w2.rearrange(SWAP_EIGHTS), UPPER_EIGHTS).intoArray(between, r * LANES);
            w1.blend(w3.rearrange(SWAP_EIGHTS), UPPER_EIGHTS).intoArray(between, (4 + r) * LANES);
            w0.rearrange(SWAP_EIGHTS).blend(w2, UPPER_EIGHTS).intoArray(between, (8 + r) * LANES);
            w1.rearrange(SWAP_EIGHTS).blend(w3, UPPER_EIGHTS).intoArray(between, (12 + r) * LANES);
        }
        for (int q = 0; q < QUADS; q++) {
            int at = 4 * q * LANES;
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, between, at);
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, between, at + LANES);
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, between, at + 2 * LANES);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, between, at + 3 * LANES);
            DoubleVector w0 = v0.blend(v1.rearrange(SWAP_ONES), UPPER_ONES);
            DoubleVector w1 = v0.rearrange(SWAP_ONES).blend(v1, UPPER_ONES);
            DoubleVector w2 = v2.blend(v3.rearrange(SWAP_ONES), UPPER_ONES);
            DoubleVector w3 = v2.rearrange(SWAP_ONES).blend(v3, UPPER_ONES);
            w0.blend(w2.rearrange(SWAP_TWOS), UPPER_TWOS).intoArray(to, target);
            w1.blend(w3.rearrange(SWAP_TWOS), UPPER_TWOS).intoArray(to, target + panel);
            w0.rearrange(SWAP_TWOS).blend(w2, UPPER_TWOS).intoArray(to, target + 2 * panel);
            w1.rearrange(SWAP_TWOS).blend(w3, UPPER_TWOS).intoArray(to, target + 3 * panel);
            target += 4 * panel;
        }
    }
}
