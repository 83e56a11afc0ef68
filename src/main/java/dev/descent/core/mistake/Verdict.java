package dev.descent.core.mistake;

/// What is to be said of an array.
public enum Verdict {
    RIGHT,
    WRONG,
    /// It is right as far as it was written, which is not far enough to tell.
    TOO_FEW_DIGITS
}
