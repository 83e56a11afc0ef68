package dev.descent.drawing;

import java.util.Arrays;

/// The line on which a function given on a grid has one level, by marching squares: in each square of the grid, edges
/// whose ends are on different sides are cut where a straight line between the ends has the level. Where all four
/// are cut, the mean of the corners says which side is connected.
final class Contour {

    private final Plot plot;
    private final int columns;
    private final double[] values;
    private final double level;
    private double[] x = new double[96];
    private double[] y = new double[96];
    private int count;

    private Contour(Plot plot, int columns, double[] values, double level) {
        this.plot = plot;
        this.columns = columns;
        this.values = values;
        this.level = level;
    }

    /// One line is drawn strongly, several are faint.
    static void draw(Canvas canvas, Plot plot, int columns, Overlay.Contours contours) {
        boolean one = contours.levels().length == 1;
        var stroke = new Canvas.Stroke(one ? Colours.INK : Colours.EDGE, one ? 1.4 : 0.7, 0);
        for (double level : contours.levels()) {
            var contour = new Contour(plot, columns, contours.values(), level);
            contour.march();
            if (contour.count > 0) {
                canvas.line(Arrays.copyOf(contour.x, contour.count), Arrays.copyOf(contour.y, contour.count), stroke);
            }
        }
    }

    private void march() {
        int rows = values.length / columns;
        for (int row = 0; row + 1 < rows; row++) {
            for (int column = 0; column + 1 < columns; column++) {
                square(column, row);
            }
        }
    }

    private void square(int column, int row) {
        double a = at(column, row); // d c
        double b = at(column + 1, row); // a b
        double c = at(column + 1, row + 1);
        double d = at(column, row + 1);
        if (!Double.isFinite(a + b + c + d)) {
            return;
        }
        double bottom = column + cut(a, b);
        double right = row + cut(b, c);
        double top = column + cut(d, c);
        double left = row + cut(a, d);
        boolean high = (a + b + c + d) / 4 >= 0;
        int sides = (a >= 0 ? 1 : 0) | (b >= 0 ? 2 : 0) | (c >= 0 ? 4 : 0) | (d >= 0 ? 8 : 0);
        switch (sides) {
            case 1, 14 -> add(column, left, bottom, row);
            case 2, 13 -> add(bottom, row, column + 1, right);
            case 4, 11 -> add(column + 1, right, top, row + 1);
            case 8, 7 -> add(top, row + 1, column, left);
            case 3, 12 -> add(column, left, column + 1, right);
            case 6, 9 -> add(bottom, row, top, row + 1);
            case 5, 10 -> {
                boolean apart = sides == 5 ? !high : high;
                add(column, left, apart ? bottom : top, apart ? row : row + 1);
                add(column + 1, right, apart ? top : bottom, apart ? row + 1 : row);
            }
            default -> {}
        }
    }

    private double at(int column, int row) {
        return values[row * columns + column] - level;
    }

    private static double cut(double from, double to) {
        return from == to ? 0.5 : from / (from - to);
    }

    private void add(double x0, double y0, double x1, double y1) {
        if (count + 3 > x.length) {
            x = Arrays.copyOf(x, 2 * x.length);
            y = Arrays.copyOf(y, 2 * y.length);
        }
        int rows = values.length / columns;
        x[count] = plot.left() + x0 / (columns - 1) * plot.width();
        y[count] = plot.top() + (1 - y0 / (rows - 1)) * plot.height();
        x[count + 1] = plot.left() + x1 / (columns - 1) * plot.width();
        y[count + 1] = plot.top() + (1 - y1 / (rows - 1)) * plot.height();
        x[count + 2] = Double.NaN;
        y[count + 2] = Double.NaN;
        count += 3;
    }
}
