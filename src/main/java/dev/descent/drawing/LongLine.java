package dev.descent.drawing;

import java.util.Arrays;

/// Collects a line of any number of points, ascending in x, in little memory: of the points in each of 2000 equal parts
/// of a range the first, the least, the greatest and the last, which looks the same on any chart.
public final class LongLine {

    private static final int PARTS = 2000;

    private final String name;
    private final double from;
    private final double to;
    private double[] x = new double[64];
    private double[] y = new double[64];
    private int count;
    private int part = -1;
    private boolean empty = true;
    private final double[] first = new double[2];
    private final double[] least = new double[2];
    private final double[] greatest = new double[2];
    private final double[] last = new double[2];

    /// @param from where the range of x begins
    public LongLine(String name, double from, double to) {
        this.name = name;
        this.from = from;
        this.to = to;
    }

    /// Adds a point; one that is not finite is a gap.
    public void add(double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            flush();
            if (count > 0 && !Double.isNaN(this.y[count - 1])) {
                put(x, Double.NaN);
            }
            return;
        }
        int at = to > from ? (int) ((x - from) / (to - from) * PARTS) : 0;
        if (at != part) {
            flush();
            part = at;
        }
        if (empty) {
            set(first, x, y);
            set(least, x, y);
            set(greatest, x, y);
            empty = false;
        }
        if (y < least[1]) {
            set(least, x, y);
        }
        if (y > greatest[1]) {
            set(greatest, x, y);
        }
        set(last, x, y);
    }

    public Line line() {
        flush();
        return Line.of(name, Arrays.copyOf(x, count), Arrays.copyOf(y, count));
    }

    private void flush() {
        if (empty) {
            return;
        }
        empty = true;
        put(first[0], first[1]);
        double[] earlier = least[0] <= greatest[0] ? least : greatest;
        double[] later = least[0] <= greatest[0] ? greatest : least;
        putAfter(earlier);
        putAfter(later);
        putAfter(last);
    }

    private void putAfter(double[] point) {
        if (point[0] > x[count - 1]) {
            put(point[0], point[1]);
        }
    }

    private void put(double atX, double atY) {
        if (count == x.length) {
            x = Arrays.copyOf(x, 2 * count);
            y = Arrays.copyOf(y, 2 * count);
        }
        x[count] = atX;
        y[count++] = atY;
    }

    private static void set(double[] point, double x, double y) {
        point[0] = x;
        point[1] = y;
    }
}
