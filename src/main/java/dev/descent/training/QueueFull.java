package dev.descent.training;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// More jobs would wait than may.
final class QueueFull extends Exhausted {

    QueueFull(int places, int limit, Duration retryAfter) {
        super(
                "queue-full",
                "Queue full",
                (places == 1
                                ? "the queue holds as many jobs as may wait, " + limit
                                : "the queue has no room for " + places + " more jobs at once; " + limit + " may wait")
                        + " (descent.training.queue-limit); a place should be free in "
                        + retryAfter.toSeconds() + " seconds",
                retryAfter);
    }
}
