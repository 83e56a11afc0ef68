package dev.descent.storage;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// The key was given with another request before.
public final class IdempotencyKeyReused extends Refused {

    private static final String MESSAGE = "this Idempotency-Key belongs to another request; give every request its own";

    IdempotencyKeyReused() {
        super(
                "idempotency-key-reused",
                "Idempotency key reused",
                MESSAGE,
                List.of(new Violation(Idempotency.HEADER, "reused", MESSAGE)));
    }
}
