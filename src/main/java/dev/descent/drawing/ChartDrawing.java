package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import java.util.List;

/// Draws a [LineChart].
record ChartDrawing(LineChart chart, double width, double plotHeight) implements Drawing {

    private static final double LEFT = 64;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 40;
    private static final double TITLE = 28;
    private static final double LABEL = 22;

    static ChartDrawing large(LineChart chart) {
        return new ChartDrawing(chart, 720, 340);
    }

    static ChartDrawing small(LineChart chart) {
        return new ChartDrawing(chart, 300, 150);
    }

    @Override
    public double height() {
        return top() + plotHeight + BOTTOM;
    }

    /// The title and the lines.
    @Override
    public void drawChanging(Canvas canvas, double left, double top) {
        Plot plot = plot(left, top);
        canvas.text(plot.left(), top + 18, Anchor.START, true, Canvas.fitting(chart.title(), plot.width()));
        plot.grid(canvas);
        plot.clip(canvas);
        for (int i = 0; i < chart.lines().size(); i++) {
            if (!chart.lines().get(i).marked()) {
                line(canvas, plot, i);
            }
        }
        canvas.unclip();
    }

    /// The points, the axes and the legend.
    @Override
    public void drawFixed(Canvas canvas, double left, double top) {
        Plot plot = plot(left, top);
        plot.clip(canvas);
        for (int i = 0; i < chart.lines().size(); i++) {
            if (chart.lines().get(i).marked()) {
                points(canvas, plot, i);
            }
        }
        canvas.unclip();
        plot.axes(canvas);
        legend().draw(canvas, plot.left(), top + TITLE);
    }

    private Plot plot(double left, double top) {
        Axis across = chart.x().over(0, chart.lines().stream().map(Line::x).toArray(double[][]::new));
        Axis up =
                chart.y().over(Axis.MARGIN, chart.lines().stream().map(Line::y).toArray(double[][]::new));
        return new Plot(left + LEFT, top + top(), width - LEFT - RIGHT, plotHeight, across, up);
    }

    private void points(Canvas canvas, Plot plot, int index) {
        double[] xs = plot.xs(chart.lines().get(index).x());
        double[] ys = plot.ys(chart.lines().get(index).y());
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                canvas.disc(xs[i], ys[i], 2.5, Colours.distinct(index), Colours.PAPER);
            }
        }
    }

    private void line(Canvas canvas, Plot plot, int index) {
        double[] xs = plot.xs(chart.lines().get(index).x());
        double[] ys = plot.ys(chart.lines().get(index).y());
        if (xs.length > 4 * width) {
            var shorter = new LongLine("", plot.left(), plot.left() + plot.width());
            for (int i = 0; i < xs.length; i++) {
                shorter.add(xs[i], ys[i]);
            }
            xs = shorter.line().x();
            ys = shorter.line().y();
        }
        canvas.line(xs, ys, Legend.stroke(index));
        for (int i = 0; i < xs.length; i++) { // a point between two gaps
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i]) && gap(ys, i - 1) && gap(ys, i + 1)) {
                canvas.disc(xs[i], ys[i], 2, Colours.distinct(index), Colours.distinct(index));
            }
        }
    }

    private static boolean gap(double[] y, int index) {
        return index < 0 || index >= y.length || !Double.isFinite(y[index]);
    }

    private Legend legend() {
        List<Legend.Entry> entries = chart.lines().stream()
                .map(line -> new Legend.Entry(line.name(), line.marked() ? Legend.Sign.DISC : Legend.Sign.LINE))
                .toList();
        return new Legend(entries.size() > 1 ? entries : List.of(), width - LEFT - RIGHT);
    }

    private double top() {
        return TITLE + legend().height() + LABEL;
    }
}
