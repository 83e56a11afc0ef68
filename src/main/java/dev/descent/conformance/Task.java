package dev.descent.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A comparison with reference numbers that can be made at any time.
record Task(String id, String file, String what, String oracle, Computation computation) {

    /// Computes numbers and puts them beside the reference's.
    @FunctionalInterface
    interface Computation {
        /// @param goesOn asked now and then by what takes long; false gives up
        void compute(Parts parts, BooleanSupplier goesOn);
    }

    /// What a computation compares, by kinds of numbers.
    static final class Parts {

        private final List<Numbers> all = new ArrayList<>();

        /// As of [Numbers].
        Numbers add(String what, double requiredDigits, double floor) {
            var numbers = new Numbers(what, requiredDigits, floor);
            all.add(numbers);
            return numbers;
        }
    }

    /// Null where `goesOn` became false.
    @Nullable
    Check run(LongSupplier nanoTime, BooleanSupplier goesOn) {
        long begin = nanoTime.getAsLong();
        var parts = new Parts();
        computation.compute(parts, goesOn);
        double milliseconds = (nanoTime.getAsLong() - begin) / 10_000 / 100.0;
        return goesOn.getAsBoolean()
                ? Check.of(this, parts.all.stream().map(Numbers::part).toList(), milliseconds)
                : null;
    }
}
