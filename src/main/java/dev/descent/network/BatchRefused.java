package dev.descent.network;

import dev.descent.core.InvalidSpec;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// A batch that does not fit its network, or asks for more than is answered.
final class BatchRefused extends Refused {

    BatchRefused(InvalidSpec invalid) {
        super("validation-failed", "Validation failed", invalid.message(), List.of(Violation.of(invalid)));
    }
}
