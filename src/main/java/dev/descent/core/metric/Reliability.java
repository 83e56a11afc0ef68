package dev.descent.core.metric;

import java.util.ArrayList;
import java.util.List;

/// Whether what was called p likely came true with a share of p: rows in bins of equal width by their probability.
///
/// Each row brings a probability and whether that came true. Of [#BINS] bins, bin i takes probabilities in
/// `(i / BINS, (i + 1) / BINS]`, the first 0 too.
public final class Reliability {

    public static final int BINS = 10;

    /// The rows whose probability is above `from`, up to `to`.
    public record Bin(double from, double to, long rows, double meanProbability, double shareTrue) {}

    private final long[] counts = new long[BINS];
    private final double[] probabilities = new double[BINS];
    private final long[] came = new long[BINS];
    private long rows;

    public void add(double probability, boolean cameTrue) {
        int bin = Math.clamp((long) Math.ceil(probability * BINS) - 1, 0, BINS - 1);
        counts[bin]++;
        probabilities[bin] += probability;
        came[bin] += cameTrue ? 1 : 0;
        rows++;
    }

    /// The bins that hold any row.
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                bins.add(new Bin(
                        (double) i / BINS,
                        (double) (i + 1) / BINS,
                        counts[i],
                        probabilities[i] / counts[i],
                        (double) came[i] / counts[i]));
            }
        }
        return bins;
    }

    /// The expected calibration error: the mean over rows of how far their bin's two shares are apart.
    public double expectedError() {
        double error = 0;
        for (int i = 0; i < BINS; i++) {
            error += Math.abs(probabilities[i] - came[i]);
        }
        return error / rows;
    }
}
