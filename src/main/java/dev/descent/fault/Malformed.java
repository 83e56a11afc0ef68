package dev.descent.fault;

import java.util.List;

/// The request cannot be parsed, or a value has the wrong JSON type.
public class Malformed extends Fault {

    public Malformed(String type, String title, String message, List<Violation> violations) {
        super(type, title, message, violations);
    }
}
