package dev.descent.training.trace;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// As many steps are being traced as may be, or jobs leave no memory for one more.
final class TooManyTraces extends Exhausted {

    private static final Duration SOON = Duration.ofSeconds(5);

    private TooManyTraces(String message) {
        super("too-many-traces", "Too many traces", message, SOON);
    }

    static TooManyTraces at(int limit) {
        return new TooManyTraces(
                limit + " steps are being traced, as many as may be at once (descent.training.trace-limit)");
    }

    static TooManyTraces without(long bytes, long limit) {
        return new TooManyTraces("this trace needs " + bytes + " bytes of memory, and running jobs leave less of the "
                + limit + " that there are (descent.training.memory-limit)");
    }
}
