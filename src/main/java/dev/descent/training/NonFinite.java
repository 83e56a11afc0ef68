package dev.descent.training;

import org.jspecify.annotations.Nullable;

/// Numbers that JSON has no word for travel as null with a reason beside them.
final class NonFinite {

    private NonFinite() {}

    static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /// `NaN`, `Infinity` or `-Infinity`; null for a finite number.
    static @Nullable String reason(double value) {
        return Double.isFinite(value) ? null : Double.toString(value);
    }
}
