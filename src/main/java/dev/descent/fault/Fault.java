package dev.descent.fault;

import java.util.List;

/// A request that cannot be answered as asked, for a reason the caller can understand and mostly mend.
///
/// `type` is the kebab-case name of the kind, the last part of the problem's URI; the message is the `detail`.
public abstract class Fault extends RuntimeException {

    private final String type;
    private final String title;
    private final transient List<Violation> violations;

    Fault(String type, String title, String message, List<Violation> violations) {
        super(message, null, false, false);
        this.type = type;
        this.title = title;
        this.violations = List.copyOf(violations);
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public List<Violation> violations() {
        return violations;
    }
}
