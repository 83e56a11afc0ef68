package dev.descent.drawing;

/// A named series of points of a [LineChart]; where a number is not finite, the line has a gap. The arrays are not
/// copied.
///
/// @param marked whether its points are marked with discs instead of joined by a line
public record Line(String name, double[] x, double[] y, boolean marked) {

    public Line {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " places and " + y.length + " numbers");
        }
    }

    public static Line of(String name, double[] x, double[] y) {
        return new Line(name, x, y, false);
    }

    /// Points that stand alone.
    public static Line points(String name, double[] x, double[] y) {
        return new Line(name, x, y, true);
    }
}
