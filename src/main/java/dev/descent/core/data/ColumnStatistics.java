package dev.descent.core.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column summed up while its cells go by, in row order; mean and deviation by Welford's recurrence.
final class ColumnStatistics {

    private final Heading heading;
    private final DistinctNumbers distinct;
    private long missing;
    private long count;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squares;

    ColumnStatistics(Heading heading, int distinctLimit) {
        this.heading = heading;
        this.distinct = new DistinctNumbers(distinctLimit);
    }

    void add(double cell) {
        if (Double.isNaN(cell)) {
            missing++;
            return;
        }
        count++;
        distinct.add(cell);
        minimum = Math.min(minimum, cell);
        maximum = Math.max(maximum, cell);
        double deviation = cell - mean;
        mean += deviation / count;
        squares += deviation * (cell - mean);
    }

    Column column() {
        List<String> categories = heading.categories();
        return switch (heading.type()) {
            case NUMERIC ->
                new Column(
                        heading.name(),
                        heading.type(),
                        missing,
                        distinct.count(),
                        finite(minimum),
                        finite(maximum),
                        finite(count == 0 ? Double.NaN : mean),
                        finite(count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1))),
                        null);
            case CATEGORICAL ->
                new Column(
                        heading.name(), heading.type(), missing, distinct.count(), null, null, null, null, categories);
        };
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
