package dev.descent.training.series;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import dev.descent.training.recording.Series;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which steps a reader wants, both ends included, and how many points at most.
record StepRange(long from, long to, int maxPoints) {

    private static final int LARGEST = 1_000_000;
    private static final int EVERY_POINT = Integer.MAX_VALUE;

    /// From the query parameters of these names.
    static StepRange of(@Nullable Long from, @Nullable Long to, @Nullable Integer maxPoints) {
        List<Violation> violations = new ArrayList<>();
        if (from != null && from < 0) {
            violations.add(new Violation("?from", "out-of-range", "from must be at least 0", from));
        }
        if (to != null && to < 0) {
            violations.add(new Violation("?to", "out-of-range", "to must be at least 0", to));
        }
        if (from != null && to != null && from > to) {
            violations.add(new Violation("?from", "out-of-range", "from must not be greater than to", from));
        }
        if (maxPoints != null && (maxPoints < 2 || maxPoints > LARGEST)) {
            violations.add(new Violation(
                    "?maxPoints", "out-of-range", "maxPoints must be between 2 and " + LARGEST, maxPoints));
        }
        if (!violations.isEmpty()) {
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    violations.getFirst().message(),
                    violations);
        }
        return new StepRange(
                from == null ? 0 : from,
                to == null ? Long.MAX_VALUE - 1 : to,
                maxPoints == null ? EVERY_POINT : maxPoints);
    }

    /// The records of a series that these steps hold, of the first `count` that were written; at most `most`.
    Selection of(Series series, long count, int most) {
        long first = Math.min(count, series.indexFrom(from));
        return new Selection(first, Math.max(first, Math.min(count, series.indexFrom(to + 1))), most);
    }

    /// Some of the records from `first` to before `end`: all, or `most` of them evenly spread, both ends included.
    record Selection(long first, long end, int most) {

        static final Selection EMPTY = new Selection(0, 0, 1);

        long size() {
            return Math.min(end - first, most);
        }

        boolean thinned() {
            return end - first > most;
        }

        /// The number of the record in place `k`.
        long at(long k) {
            return thinned() && most > 1
                    ? first + (long) ((double) k * (end - first - 1) / (most - 1) + 0.5)
                    : first + k;
        }
    }
}
