package dev.descent.model;

import dev.descent.fault.Malformed;
import dev.descent.fault.Violation;
import java.util.List;

/// Rows with a value of the wrong JSON type.
final class RowsMalformed extends Malformed {

    RowsMalformed(List<Violation> violations) {
        super("malformed-request", "Malformed request", violations.getFirst().message(), violations);
    }
}
