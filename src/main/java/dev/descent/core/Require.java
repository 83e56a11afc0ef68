package dev.descent.core;

/// The checks that compact constructors of specs share; each refuses by naming the component and the value.
public final class Require {

    private Require() {}

    public static void finite(String component, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidSpec("/" + component, "non-finite", component + " must be a finite number", value);
        }
    }

    public static void positive(String component, double value) {
        finite(component, value);
        if (value <= 0) {
            throw outOfRange(component, "greater than 0", value);
        }
    }

    public static void notNegative(String component, double value) {
        finite(component, value);
        if (value < 0) {
            throw outOfRange(component, "at least 0", value);
        }
    }

    /// Refuses what lies outside the half-open interval [0, 1).
    public static void fraction(String component, double value) {
        finite(component, value);
        if (value < 0 || value >= 1) {
            throw outOfRange(component, "at least 0 and less than 1", value);
        }
    }

    /// Ends included.
    public static void between(String component, double value, double minimum, double maximum) {
        finite(component, value);
        if (value < minimum || value > maximum) {
            throw outOfRange(component, "between " + minimum + " and " + maximum, value);
        }
    }

    public static void between(String component, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw outOfRange(component, "between " + minimum + " and " + maximum, value);
        }
    }

    private static InvalidSpec outOfRange(String component, String range, Number value) {
        return new InvalidSpec("/" + component, "out-of-range", component + " must be " + range, value);
    }
}
