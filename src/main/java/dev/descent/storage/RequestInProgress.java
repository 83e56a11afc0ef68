package dev.descent.storage;

import dev.descent.fault.Conflict;

/// The first request with this key has not been answered yet.
public final class RequestInProgress extends Conflict {

    RequestInProgress() {
        super(
                "request-in-progress",
                "Request in progress",
                "the first request with this Idempotency-Key is still being answered; ask again in a moment");
    }
}
