package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import dev.descent.drawing.Ticks.Tick;

/// The rectangle between two axes that have ranges.
record Plot(double left, double top, double width, double height, Axis horizontal, Axis vertical) {

    private static final double TICK = 4;

    double x(double value) {
        return left + horizontal.place(value) * width;
    }

    double y(double value) {
        return top + (1 - vertical.place(value)) * height;
    }

    double[] xs(double[] values) {
        double[] places = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            places[i] = x(values[i]);
        }
        return places;
    }

    double[] ys(double[] values) {
        double[] places = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            places[i] = y(values[i]);
        }
        return places;
    }

    void clip(Canvas canvas) {
        canvas.clip(left, top, width, height);
    }

    /// Draws the lines of a grid at the ticks.
    void grid(Canvas canvas) {
        for (Tick tick : horizontalTicks()) {
            canvas.segment(x(tick.value()), top, x(tick.value()), top + height, Colours.FAINT, 1);
        }
        for (Tick tick : verticalTicks()) {
            canvas.segment(left, y(tick.value()), left + width, y(tick.value()), Colours.FAINT, 1);
        }
    }

    /// Draws the frame, the ticks with their numbers, and what the axes are called.
    void axes(Canvas canvas) {
        double bottom = top + height;
        double right = left + width;
        canvas.line(
                new double[] {left, left, right, right, left},
                new double[] {top, bottom, bottom, top, top},
                new Canvas.Stroke(Colours.EDGE, 1, 0));
        for (Tick tick : horizontalTicks()) {
            double x = x(tick.value());
            canvas.segment(x, bottom, x, bottom + TICK, Colours.EDGE, 1);
            canvas.text(x, bottom + 16, Anchor.MIDDLE, false, tick.label());
        }
        for (Tick tick : verticalTicks()) {
            double y = y(tick.value());
            canvas.segment(left - TICK, y, left, y, Colours.EDGE, 1);
            canvas.text(left - TICK - 3, y + 4, Anchor.END, false, tick.label());
        }
        canvas.text(right, bottom + 31, Anchor.END, false, Canvas.fitting(horizontal.label(), width));
        canvas.text(left, top - 7, Anchor.START, false, Canvas.fitting(vertical.label(), width));
    }

    private Iterable<Tick> horizontalTicks() {
        return Ticks.of(horizontal, (int) Math.clamp(width / 50, 3, 10));
    }

    private Iterable<Tick> verticalTicks() {
        return Ticks.of(vertical, (int) Math.clamp(height / 40, 3, 10));
    }
}
