package dev.descent.training.events;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// As many event streams are open as may.
final class TooManyStreams extends Exhausted {

    TooManyStreams(int limit) {
        super(
                "too-many-streams",
                "Too many streams",
                limit + " event streams are open, as many as may (descent.training.stream-limit);"
                        + " the same address with Accept: application/json can be polled",
                Duration.ofSeconds(15));
    }
}
