package dev.descent.training;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// As many jobs wait as may.
final class QueueFull extends Exhausted {

    QueueFull(int limit, Duration retryAfter) {
        super(
                "queue-full",
                "Queue full",
                limit + " jobs are waiting, as many as may (descent.training.queue-limit); a place should be free in "
                        + retryAfter.toSeconds() + " seconds",
                retryAfter);
    }
}
