package dev.descent.storage;

import dev.descent.fault.Malformed;
import dev.descent.fault.Violation;
import java.util.List;

/// The key is none: empty, too long, or with characters that do not print.
public final class IdempotencyKeyMalformed extends Malformed {

    IdempotencyKeyMalformed(String message) {
        super(
                "malformed-request",
                "Malformed request",
                message,
                List.of(new Violation(Idempotency.HEADER, "bad-key", message)));
    }
}
