package dev.descent.core.lint;

/// How bad a finding is; the worse, the later.
public enum Severity {
    /// Worth knowing, and common in runs that go well.
    INFO,
    /// The run learns less than it could, or not what was meant.
    WARNING,
    /// The run cannot go on as it is.
    ERROR
}
