package dev.descent.web.json;

import dev.descent.fault.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/// A JSON document that cannot be taken, with everything that was found wrong with it.
public final class InvalidDocument extends DatabindException {

    private final boolean malformed;
    private final transient List<Violation> violations;

    InvalidDocument(@Nullable JsonParser parser, boolean malformed, List<Violation> violations) {
        super(parser, summary(violations));
        this.malformed = malformed;
        this.violations = List.copyOf(violations);
    }

    /// What `exception`, thrown by Jackson while reading, says about the document.
    public static InvalidDocument of(JacksonException exception) {
        return exception instanceof InvalidDocument invalid ? invalid : Explanation.of(exception);
    }

    /// True when the document could not be parsed or a value has the wrong JSON type; false when a value was refused.
    public boolean malformed() {
        return malformed;
    }

    public List<Violation> violations() {
        return violations;
    }

    private static String summary(List<Violation> violations) {
        String first = violations.isEmpty() ? "" : violations.getFirst().message();
        return violations.size() < 2 ? first : first + " (and " + (violations.size() - 1) + " more)";
    }
}
