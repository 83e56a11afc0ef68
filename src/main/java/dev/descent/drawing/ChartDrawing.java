package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import java.util.Arrays;
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
        int[] kept = xs.length > 4 * width ? extremes(xs, ys) : all(xs.length);
        double[] x = Arrays.stream(kept).mapToDouble(i -> xs[i]).toArray();
        double[] y = Arrays.stream(kept).mapToDouble(i -> ys[i]).toArray();
        canvas.line(x, y, Legend.stroke(index));
        for (int i = 0; i < x.length; i++) { // a point between two gaps
            if (Double.isFinite(x[i]) && Double.isFinite(y[i]) && gap(y, i - 1) && gap(y, i + 1)) {
                canvas.disc(x[i], y[i], 2, Colours.distinct(index), Colours.distinct(index));
            }
        }
    }

    private static boolean gap(double[] y, int index) {
        return index < 0 || index >= y.length || !Double.isFinite(y[index]);
    }

    private static int[] all(int length) {
        int[] all = new int[length];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /// The points that make a line's look: of each run in one column of pixels the first, least, greatest, last; and
    /// one for each gap.
    private static int[] extremes(double[] x, double[] y) {
        int[] kept = new int[x.length];
        int count = 0;
        for (int from = 0, to; from < x.length; from = to) {
            int least = from;
            int greatest = from;
            to = from + 1;
            while (to < x.length && column(x, y, to) == column(x, y, from)) {
                least = y[to] < y[least] ? to : least;
                greatest = y[to] > y[greatest] ? to : greatest;
                to++;
            }
            int[] some = {from, Math.min(least, greatest), Math.max(least, greatest), to - 1};
            for (int each : some) {
                if (count == 0 || kept[count - 1] < each) {
                    kept[count++] = each;
                }
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /// The column of pixels of a point; -1 for a gap.
    private static double column(double[] x, double[] y, int index) {
        return Double.isFinite(x[index]) && Double.isFinite(y[index]) ? Math.floor(x[index]) : -1;
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
