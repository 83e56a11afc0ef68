package dev.descent.training.queue;

import dev.descent.fault.Exhausted;
import java.time.Duration;

/// The service takes nothing new because it is about to stop.
public final class ShuttingDown extends Exhausted {

    private static final Duration RESTART = Duration.ofSeconds(10);

    public ShuttingDown() {
        super(
                "shutting-down",
                "Shutting down",
                "the service is shutting down; jobs that are queued or running go on after its next start",
                RESTART);
    }
}
