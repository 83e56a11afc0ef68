package dev.descent.core.metric;

import org.jspecify.annotations.Nullable;

/// How often rows of each class were taken for each class. What is a share of nothing is null.
public final class Confusions {

    private final long[][] counts; // [actual][predicted]

    public Confusions(int classes) {
        counts = new long[classes][classes];
    }

    public void add(int actual, int predicted) {
        counts[actual][predicted]++;
    }

    /// `[actual][predicted]`, copied.
    public long[][] counts() {
        long[][] copy = new long[counts.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts[i].clone();
        }
        return copy;
    }

    public long rows() {
        long rows = 0;
        for (int i = 0; i < counts.length; i++) {
            rows += support(i);
        }
        return rows;
    }

    /// How many rows are of this class.
    public long support(int label) {
        long rows = 0;
        for (long count : counts[label]) {
            rows += count;
        }
        return rows;
    }

    /// How many rows were taken for this class.
    public long predicted(int label) {
        long rows = 0;
        for (long[] actual : counts) {
            rows += actual[label];
        }
        return rows;
    }

    /// The share of rows taken for what they are.
    public @Nullable Double accuracy() {
        long right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return share(right, rows());
    }

    /// Of the rows taken for this class, the share that are of it.
    public @Nullable Double precision(int label) {
        return share(counts[label][label], predicted(label));
    }

    /// Of the rows of this class, the share taken for it.
    public @Nullable Double recall(int label) {
        return share(counts[label][label], support(label));
    }

    /// The harmonic mean of precision and recall: `2 right / (support + predicted)`.
    public @Nullable Double f1(int label) {
        return share(2 * counts[label][label], support(label) + predicted(label));
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
