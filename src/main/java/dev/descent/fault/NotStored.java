package dev.descent.fault;

import java.time.Duration;
import java.util.List;

/// The disk does not take what was to be stored; nothing of it was kept. After `retryAfter` it may.
public class NotStored extends Fault {

    private final Duration retryAfter;

    public NotStored(String type, String title, String message, Duration retryAfter) {
        super(type, title, message, List.of());
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
