package dev.descent.core.lint;

import java.util.function.Consumer;

/// A rule at work on what was seen of a network.
interface Check {

    void check(Observation seen, Consumer<Diagnostic> found);
}
