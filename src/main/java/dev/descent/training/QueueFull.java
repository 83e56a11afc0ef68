package dev.descent.training;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// As many jobs wait as may.
final class QueueFull extends Exhausted {

    QueueFull(int limit, Duration retryAfter) {
        super(
                "queue-full",
                "Queue full",
                "the queue holds as many jobs as may wait, " + limit
                        + " (descent.training.queue-limit); a place should be free in "
                        + retryAfter.toSeconds() + " seconds",
                retryAfter);
    }
}
