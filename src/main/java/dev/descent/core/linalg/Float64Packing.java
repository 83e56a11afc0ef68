package dev.descent.core.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies a strip of an operand into a panel: for every inner index one entry of each of the strip's lines, side by
/// side.
///
/// A panel has `panel` places an inner index, of which a strip may fill fewer; what stands in the others is of no
/// account. It may write up to [#SLACK] entries past its end, which the next panel then overwrites. The build makes
/// `Float32Packing` of this file.
final class Float64Packing {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /// Room that the storage of panels needs past its last panel.
    static final int SLACK = 16;

    private static final VectorShuffle<Double> NEIGHBOURS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
    private static final VectorShuffle<Double> PAIRS = VectorShuffle.fromOp(SPECIES, lane -> lane ^ (2 % LANES));
    private static final VectorMask<Double> ODD = VectorMask.fromLong(SPECIES, 0xaaaaL);
    private static final VectorMask<Double> UPPER = VectorMask.fromLong(SPECIES, 0xccccL);
    private static final VectorMask<Double> QUAD0 = VectorMask.fromLong(SPECIES, 0xfL);
    private static final VectorMask<Double> QUAD1 = VectorMask.fromLong(SPECIES, 0xf0L);
    private static final VectorMask<Double> QUAD2 = VectorMask.fromLong(SPECIES, 0xf00L);
    private static final VectorMask<Double> QUAD3 = VectorMask.fromLong(SPECIES, 0xf000L);

    private Float64Packing() {}

    /// `to[offset + t panel + i] = from[at + i line + t step]` for `lines` lines and `terms` inner indices.
    static void pack(
            double[] from, int at, int line, int step, int lines, int terms, double[] to, int offset, int panel) {
        if (line == 1) {
            together(from, at, step, lines, terms, to, offset, panel);
        } else if (step == 1 && LANES >= 4 && terms >= LANES) {
            for (int t = 0; t < terms; t += LANES) {
                int begin = Math.min(t, terms - LANES); // the last block may cover some of the one before again
                for (int i = (lines - 1) / 4 * 4;
                        i >= 0;
                        i -= 4) { // backwards, since what spills over belongs to line 0
                    transpose(from, at + begin, line, i, lines - 1, to, offset + begin * panel + i, panel);
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

    /// Four lines of `LANES` inner indices each, whose neighbours stand together: transposed in registers, by swapping
    /// single lanes, then pairs of them, so that each four neighbouring lanes hold one inner index.
    private static void transpose(
            double[] from, int at, int line, int i, int last, double[] to, int target, int panel) {
        DoubleVector v0 = DoubleVector.fromArray(SPECIES, from, at + i * line);
        DoubleVector v1 = DoubleVector.fromArray(SPECIES, from, at + Math.min(i + 1, last) * line);
        DoubleVector v2 = DoubleVector.fromArray(SPECIES, from, at + Math.min(i + 2, last) * line);
        DoubleVector v3 = DoubleVector.fromArray(SPECIES, from, at + Math.min(i + 3, last) * line);
        DoubleVector w0 = v0.blend(v1.rearrange(NEIGHBOURS), ODD);
        DoubleVector w1 = v0.rearrange(NEIGHBOURS).blend(v1, ODD);
        DoubleVector w2 = v2.blend(v3.rearrange(NEIGHBOURS), ODD);
        DoubleVector w3 = v2.rearrange(NEIGHBOURS).blend(v3, ODD);
        store(w0.blend(w2.rearrange(PAIRS), UPPER), to, target, panel);
        store(w1.blend(w3.rearrange(PAIRS), UPPER), to, target + panel, panel);
        store(w0.rearrange(PAIRS).blend(w2, UPPER), to, target + 2 * panel, panel);
        store(w1.rearrange(PAIRS).blend(w3, UPPER), to, target + 3 * panel, panel);
    }

    /// Writes each four lanes where their inner index has its place, four indices apart.
    private static void store(DoubleVector v, double[] to, int at, int panel) {
        v.intoArray(to, at, QUAD0);
        if (LANES > 4) {
            v.intoArray(to, at + 4 * panel - 4, QUAD1);
        }
        if (LANES > 8) {
            v.intoArray(to, at + 8 * panel - 8, QUAD2);
            v.intoArray(to, at + 12 * panel - 12, QUAD3);
        }
    }
}
