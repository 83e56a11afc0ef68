package dev.descent.model;

import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.List;

/// Rows that the model cannot answer.
final class RowsRefused extends Refused {

    RowsRefused(List<Violation> violations) {
        super("validation-failed", "Validation failed", violations.getFirst().message(), violations);
    }

    RowsRefused(Violation violation) {
        this(List.of(violation));
    }
}
