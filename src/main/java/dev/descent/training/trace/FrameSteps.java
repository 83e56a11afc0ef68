package dev.descent.training.trace;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Which steps a film shows: those that are named, or so many from the start to where the job has come, the gaps
/// between
/// them growing by a constant factor.
record FrameSteps(int count, @Nullable List<Long> steps) {

    private static final int USUAL = 20;
    private static final int MOST = 60;

    /// From the query parameters of these names.
    static FrameSteps of(@Nullable Integer frames, @Nullable List<Long> steps) {
        if (steps == null || steps.isEmpty()) {
            int count = frames == null ? USUAL : frames;
            if (count < 2 || count > MOST) {
                throw refused("?frames", "out-of-range", "frames must be between 2 and " + MOST, count);
            }
            return new FrameSteps(count, null);
        }
        if (frames != null) {
            throw refused("?frames", "unexpected", "the steps are named; frames would choose them", frames);
        }
        if (steps.size() > MOST) {
            throw refused("?steps", "out-of-range", "a film has up to " + MOST + " frames", steps.size());
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw refused("?steps", "out-of-range", "the steps have to ascend", steps.get(i));
            }
        }
        return new FrameSteps(steps.size(), steps);
    }

    /// The steps of a job that has made `updates` updates, ascending; fewer than [#count] where it has made few.
    long[] among(long updates) {
        if (steps != null) {
            return steps.stream().mapToLong(Long::longValue).toArray();
        }
        long[] spread = IntStream.range(0, count - 1)
                .mapToLong(i -> Math.round(StrictMath.pow(updates, i / (double) Math.max(1, count - 2))))
                .toArray();
        return LongStream.concat(LongStream.of(0, updates), Arrays.stream(spread))
                .filter(step -> step <= updates)
                .sorted()
                .distinct()
                .toArray();
    }

    static Refused refused(String pointer, String code, String message, Object value) {
        return new Refused(
                "validation-failed",
                "Validation failed",
                message,
                List.of(new Violation(pointer, code, message, value)));
    }
}
