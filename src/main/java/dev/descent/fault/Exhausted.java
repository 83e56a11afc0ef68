package dev.descent.fault;

import java.time.Duration;
import java.util.List;

/// The service has no room for this now; after `retryAfter` it may have.
public class Exhausted extends Fault {

    private final Duration retryAfter;

    public Exhausted(String type, String title, String message, Duration retryAfter) {
        super(type, title, message, List.of());
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
