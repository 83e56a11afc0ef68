package dev.descent.drawing;

/// An axis: what it is called, and its range; where the range is not given (NaN) that of the numbers drawn.
///
/// On a logarithmic axis numbers that are not positive are gaps.
public record Axis(String label, double from, double to, boolean logarithmic) {

    /// Of the range, at both ends of an axis of what lines show.
    static final double MARGIN = 0.04;

    /// An axis whose range is that of the numbers.
    public static Axis linear(String label) {
        return new Axis(label, Double.NaN, Double.NaN, false);
    }

    /// A logarithmic axis whose range is that of the positive numbers.
    public static Axis logarithmic(String label) {
        return new Axis(label, Double.NaN, Double.NaN, true);
    }

    /// A linear axis of a given range.
    public static Axis between(String label, double from, double to) {
        return new Axis(label, from, to, false);
    }

    /// A linear axis over the range of all these numbers and a little more.
    public static Axis around(String label, double[]... values) {
        return linear(label).over(MARGIN, values);
    }

    /// The axis with a range: of `values` where it has none, with `margin` of it at both ends.
    Axis over(double margin, double[]... values) {
        if (!Double.isNaN(from)) {
            return this;
        }
        Extent extent = logarithmic ? Extent.of(0, values) : Extent.of(values);
        double low = scaled(extent.least() > 0 || !logarithmic ? extent.least() : extent.greatest() / 10);
        double high = scaled(extent.greatest());
        double half = high > low ? (high - low) * margin : Math.max(Math.abs(high) * 0.05, 0.5);
        return new Axis(label, unscaled(low - half), unscaled(high + half), logarithmic);
    }

    /// Where a number is between the ends, which are 0 and 1; NaN where it has no place.
    double place(double value) {
        double low = scaled(from);
        return (scaled(value) - low) / (scaled(to) - low);
    }

    private double scaled(double value) {
        return logarithmic ? value > 0 ? StrictMath.log10(value) : Double.NaN : value;
    }

    private double unscaled(double value) {
        return logarithmic ? StrictMath.pow(10, value) : value;
    }
}
