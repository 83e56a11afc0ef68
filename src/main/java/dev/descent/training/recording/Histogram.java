package dev.descent.training.recording;

import java.util.Arrays;

/// How the entries of an array are spread: a fixed number of bins of equal width from the least to the greatest of
/// them.
///
/// Entry v is counted in bin `floor(bins (v - minimum) / (maximum - minimum))`, computed in binary64 in this order,
/// from
/// 0 on, the greatest in the last; bin 0 has all where all are equal. Entries that are not finite are in no bin. Two
/// passes: [#see] every entry, then [#count] every entry. Nothing is allocated after the start.
public final class Histogram {

    public static final int USUAL_BINS = 30;
    public static final int MOST_BINS = 1000;

    /// Numbers of a record before those of the bins.
    private static final int HEAD = 5;

    private final long[] counts;
    private double minimum;
    private double maximum;
    private double sum;
    private long finite;
    private long zeros;
    private long nonFinite;

    public Histogram(int bins) {
        counts = new long[bins];
        clear();
    }

    /// Bytes of a record of so many bins.
    static long width(int bins) {
        return (HEAD + (long) bins) * Double.BYTES;
    }

    void clear() {
        Arrays.fill(counts, 0);
        minimum = Double.POSITIVE_INFINITY;
        maximum = Double.NEGATIVE_INFINITY;
        sum = 0;
        finite = 0;
        zeros = 0;
        nonFinite = 0;
    }

    void see(double value) {
        if (!Double.isFinite(value)) {
            nonFinite++;
            return;
        }
        finite++;
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
        sum += value;
        if (value == 0) {
            zeros++;
        }
    }

    void count(double value) {
        if (Double.isFinite(value)) {
            double place = counts.length * ((value - minimum) / (maximum - minimum));
            counts[Math.min((int) place, counts.length - 1)]++; // NaN, where all are equal, is 0
        }
    }

    void write(RecordFile file) {
        file.put(minimum());
        file.put(maximum());
        file.put(mean());
        file.put(zeros);
        file.put(nonFinite);
        for (int i = 0; i < counts.length; i++) {
            file.put(counts[i]);
        }
    }

    /// Becomes what was written at byte `offset` of a record.
    void read(RecordReader records, long record, long offset) {
        minimum = records.float64(record, offset);
        maximum = records.float64(record, offset + Double.BYTES);
        sum = records.float64(record, offset + 2 * Double.BYTES);
        zeros = (long) records.float64(record, offset + 3 * Double.BYTES);
        nonFinite = (long) records.float64(record, offset + 4 * Double.BYTES);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (long) records.float64(record, offset + (HEAD + i) * (long) Double.BYTES);
        }
        finite = 1; // what was read is the mean itself
    }

    /// Of the finite entries; NaN of none, as are the others.
    public double minimum() {
        return minimum > maximum ? Double.NaN : minimum;
    }

    public double maximum() {
        return minimum > maximum ? Double.NaN : maximum;
    }

    /// The sum in row order divided by how many there are.
    public double mean() {
        return sum / finite;
    }

    /// How many entries are 0.
    public long zeros() {
        return zeros;
    }

    public long nonFinite() {
        return nonFinite;
    }

    public int bins() {
        return counts.length;
    }

    public long inBin(int index) {
        return counts[index];
    }
}
