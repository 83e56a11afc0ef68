package dev.descent.drawing;

import org.jspecify.annotations.Nullable;

/// What is drawn on a [HeatMap]; in the units of its axes. The arrays are not copied.
public sealed interface Overlay {

    /// Points as discs: in the colours of their classes, of their values on the map's own scale, or dark where neither
    /// is given.
    record Points(double[] x, double[] y, int @Nullable [] classes, double @Nullable [] values) implements Overlay {}

    /// A way through points, each marked, the first and the last larger, in a colour that the legend tells.
    record Path(String name, double[] x, double[] y) implements Overlay {}

    /// The lines on which a function, given at the points of the map's grid, has these levels.
    record Contours(double[] values, double... levels) implements Overlay {}

    static Overlay points(double[] x, double[] y) {
        return new Points(x, y, null, null);
    }

    static Overlay classes(double[] x, double[] y, int[] classes) {
        return new Points(x, y, classes, null);
    }

    static Overlay values(double[] x, double[] y, double[] values) {
        return new Points(x, y, null, values);
    }
}
