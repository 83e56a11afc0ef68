package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies a strip of an operand into a panel: for every inner index one entry of each of the strip's lines, side by
/// side.
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

    private final double[] scratch = new double[LANES * LANES];

    private static VectorShuffle<Double> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance % LANES);
    }

    /// `to[offset + t panel + i] = from[at + i line + t step]` for `lines` lines and `terms` inner indices.
    void pack(double[] from, int at, int line, int step, int lines, int terms, double[] to, int offset, int panel) {
        if (line == 1) {
            together(from, at, step, lines, terms, to, offset, panel);
        } else if (step == 1 && QUADS > 0 && terms >= LANES) {
            for (int t = 0; t < terms; t += LANES) {
                int begin = Math.min(t, terms - LANES); // the last block may cover some of the one before again
                for (int i = (lines - 1) / LANES * LANES;
                        i >= 0;
                        i -= LANES) { // backwards: what spills over is line 0's
                    spread(from, at + begin + i * line, line, Math.min(LANES, lines - i) - 1);
                    interleave(to, offset + begin * panel + i, panel);
                }
            }
        } else {
            for (int i = 0; i < lines; i++) {
                int source = at + i * line;
                for (int t = 0; t < terms; t++) {
                    to[offset + t * panel + i] = from[source + t * step];
                }
            }
        }
    }

    /// Lines that stand together in memory.
    private static void together(
            double[] from, int at, int step, int lines, int terms, double[] to, int offset, int panel) {
        if (lines == 2 * LANES) {
            for (int t = 0; t < terms; t++) {
                DoubleVector.fromArray(SPECIES, from, at).intoArray(to, offset);
                DoubleVector.fromArray(SPECIES, from, at + LANES).intoArray(to, offset + LANES);
                at += step;
                offset += panel;
            }
            return;
        }
        for (int i = 0; i < lines; i += LANES) {
            VectorMask<Double> some = SPECIES.indexInRange(i, lines);
            for (int t = 0; t < terms; t++) {
                DoubleVector.fromArray(SPECIES, from, at + i + t * step, some)
                        .intoArray(to, offset + i + t * panel, some);
            }
        }
    }

    /// The first half of a transposition of as many lines as lanes: of each four lines four apart, swaps fours of lanes
    /// and then eights, so that `scratch[q, r]` has the q-th four inner indices of the lines r, 4 + r, 8 + r, ...
    /// Lines past `last` repeat it.
    private void spread(double[] from, int at, int line, int last) {
        double[] to = scratch;
        for (int r = 0; r < 4; r++) {
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, from, at + Math.min(r, last) * line);
            if (QUADS == 1) {
                v0.intoArray(to, r * LANES);
                continue;
            }
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, from, at + Math.min(4 + r, last) * line);
            DoubleVector w0 = v0.blend(v1.rearrange(SWAP_FOURS), UPPER_FOURS);
            DoubleVector w1 = v0.rearrange(SWAP_FOURS).blend(v1, UPPER_FOURS);
            if (QUADS == 2) {
                w0.intoArray(to, r * LANES);
                w1.intoArray(to, (4 + r) * LANES);
                continue;
            }
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, from, at + Math.min(8 + r, last) * line);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, from, at + Math.min(12 + r, last) * line);
            DoubleVector w2 = v2.blend(v3.rearrange(SWAP_FOURS), UPPER_FOURS);
            DoubleVector w3 = v2.rearrange(SWAP_FOURS).blend(v3, UPPER_FOURS);
            w0.blend(w2.rearrange(SWAP_EIGHTS), UPPER_EIGHTS).intoArray(to, r * LANES);
            w1.blend(w3.rearrange(SWAP_EIGHTS), UPPER_EIGHTS).intoArray(to, (4 + r) * LANES);
            w0.rearrange(SWAP_EIGHTS).blend(w2, UPPER_EIGHTS).intoArray(to, (8 + r) * LANES);
            w1.rearrange(SWAP_EIGHTS).blend(w3, UPPER_EIGHTS).intoArray(to, (12 + r) * LANES);
        }
    }

    /// The second half: swaps neighbouring lanes and then pairs of them, and writes one inner index after the other.
    private void interleave(double[] to, int target, int panel) {
        double[] from = scratch;
        for (int q = 0; q < QUADS; q++) {
            int at = 4 * q * LANES;
            DoubleVector v0 = DoubleVector.fromArray(SPECIES, from, at);
            DoubleVector v1 = DoubleVector.fromArray(SPECIES, from, at + LANES);
            DoubleVector v2 = DoubleVector.fromArray(SPECIES, from, at + 2 * LANES);
            DoubleVector v3 = DoubleVector.fromArray(SPECIES, from, at + 3 * LANES);
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
