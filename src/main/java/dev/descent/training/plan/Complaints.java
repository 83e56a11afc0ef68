package dev.descent.training.plan;

import dev.descent.core.InvalidSpec;
import dev.descent.fault.Refused;
import dev.descent.fault.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gathers everything wrong with a request, so that one answer tells all of it.
final class Complaints {

    private final List<Violation> violations = new ArrayList<>();

    void add(String pointer, String code, String message, @Nullable Object value) {
        violations.add(new Violation(pointer, code, message, value));
    }

    void add(Violation violation) {
        violations.add(violation);
    }

    /// What `work` gives; null, and a complaint below `pointer`, when it refuses.
    <T> @Nullable T at(String pointer, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidSpec invalid) {
            violations.add(Violation.of(invalid.within(pointer)));
            return null;
        }
    }

    boolean none() {
        return violations.isEmpty();
    }

    /// Ends the request if there is anything wrong with it.
    void refuse() {
        if (!violations.isEmpty()) {
            throw new Refused(
                    "validation-failed",
                    "Validation failed",
                    violations.size() == 1
                            ? violations.getFirst().message()
                            : violations.size() + " things are wrong with this job; errors lists them.",
                    violations);
        }
    }
}
