package dev.descent.conformance;

/// How far two numbers agree.
public final class Digits {

    /// Of two numbers that are equal to the last bit.
    public static final double EXACT = 17;

    private Digits() {}

    /// `-log10(|computed - expected| / max(|expected|, floor))`, rounded down to hundredths, between 0 and [#EXACT].
    ///
    /// @param floor the size of the terms that `expected` is a difference of, where they cancel; else 0
    public static double matched(double computed, double expected, double floor) {
        if (computed == expected) {
            return EXACT;
        }
        double error = Math.abs(computed - expected) / Math.max(Math.abs(expected), floor);
        double digits = StrictMath.floor(-100 * StrictMath.log10(error)) / 100;
        return digits > 0 ? Math.min(digits, EXACT) : 0; // 0 for NaN too
    }
}
