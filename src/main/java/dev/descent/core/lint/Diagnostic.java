package dev.descent.core.lint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A finding with its evidence.
///
/// @param step updates that the run had made
/// @param layer in the order of computation, counted from 0; null where it is about the run
/// @param evidence finite numbers, text, and lists of them, by name and in order
public record Diagnostic(
        Rule rule,
        Severity severity,
        long step,
        @Nullable Integer layer,
        Map<String, Object> evidence,
        String message) {

    public Diagnostic {
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /// Whether this says nothing that `earlier` did not: a finding about the same thing, at least as bad.
    public boolean repeats(Diagnostic earlier) {
        return isAbout(earlier) && earlier.severity.compareTo(severity) >= 0;
    }

    boolean isAbout(Diagnostic other) {
        return key().equals(other.key());
    }

    /// What it is about: the rule and the layer.
    String key() {
        return layer == null ? rule.code() : rule.code() + " " + layer;
    }
}
