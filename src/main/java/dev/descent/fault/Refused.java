package dev.descent.fault;

import java.util.List;

/// The request was parsed, and what it asks is refused; each violation says why.
public class Refused extends Fault {

    public Refused(String type, String title, String message, List<Violation> violations) {
        super(type, title, message, violations);
    }
}
