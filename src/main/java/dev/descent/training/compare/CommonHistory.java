package dev.descent.training.compare;

import dev.descent.training.compare.Stretch.Begin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What two jobs still have to take when the steps that they share, because one was forked from the other or both from
/// a third, are left out.
///
/// @param begin where the search begins; null for the first step of both
/// @param first what is left of the first job's run
/// @param second of the second one's
record CommonHistory(@Nullable Begin begin, List<Stretch> first, List<Stretch> second) {

    /// Null where one of the jobs was forked from a job that is not there any more, and the other knows nothing of
    /// that.
    static @Nullable CommonHistory of(List<Stretch> first, List<Stretch> second) {
        int shared = 0;
        while (shared < Math.min(first.size(), second.size())
                && first.get(shared).jobId().equals(second.get(shared).jobId())) {
            shared++;
        }
        Begin one = begin(first, shared);
        Begin other = begin(second, shared);
        if (shared == 0) {
            boolean same = one != null && other != null ? one.isAt(other) : one == other;
            return same ? new CommonHistory(one, first, second) : null;
        }
        Begin begin = one == null || (other != null && other.compareTo(one) < 0) ? other : one;
        return begin == null
                ? null
                : new CommonHistory(begin, left(first, shared, one, begin), left(second, shared, other, begin));
    }

    private static @Nullable Begin begin(List<Stretch> run, int place) {
        return place < run.size() ? run.get(place).begin() : null;
    }

    /// The job's own stretches, and before them what it takes of the shared one until they begin.
    private static List<Stretch> left(List<Stretch> run, int shared, @Nullable Begin own, Begin begin) {
        if (own != null && own.isAt(begin)) {
            return run.subList(shared, run.size());
        }
        List<Stretch> left = new ArrayList<>(run.subList(shared - 1, run.size()));
        left.set(0, left.getFirst().from(begin));
        return left;
    }

    /// How many steps the two have in common without a search.
    long steps() {
        return begin == null ? 0 : begin.placement().step();
    }
}
