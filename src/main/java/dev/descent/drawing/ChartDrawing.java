package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import java.util.Arrays;
import java.util.List;

/// Draws a [LineChart].
record ChartDrawing(LineChart chart) implements Drawing {

    private static final double WIDTH = 720;
    private static final double PLOT_HEIGHT = 340;
    private static final double LEFT = 64;
    private static final double RIGHT = 20;
    private static final double BOTTOM = 40;
    private static final double TITLE = 28;
    private static final double LABEL = 22;

    @Override
    public double width() {
        return WIDTH;
    }

    @Override
    public double height() {
        return top() + PLOT_HEIGHT + BOTTOM;
    }

    @Override
    public void draw(Canvas canvas) {
        Axis across = chart.x().over(0, chart.lines().stream().map(Line::x).toArray(double[][]::new));
        Axis up = chart.y().over(0.04, chart.lines().stream().map(Line::y).toArray(double[][]::new));
        var plot = new Plot(LEFT, top(), WIDTH - LEFT - RIGHT, PLOT_HEIGHT, across, up);
        canvas.text(LEFT, 18, Anchor.START, true, Canvas.fitting(chart.title(), plot.width()));
        legend().draw(canvas, LEFT, TITLE);
        plot.grid(canvas);
        plot.clip(canvas);
        for (int i = 0; i < chart.lines().size(); i++) {
            draw(canvas, plot, i);
        }
        canvas.unclip();
        plot.axes(canvas);
    }

    private void draw(Canvas canvas, Plot plot, int index) {
        Line line = chart.lines().get(index);
        double[] xs = plot.xs(line.x());
        double[] ys = plot.ys(line.y());
        if (line.marked()) {
            for (int i = 0; i < xs.length; i++) {
                if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                    canvas.disc(xs[i], ys[i], 3, Colours.distinct(index), Colours.PAPER);
                }
            }
            return;
        }
        int[] kept = xs.length > 4 * WIDTH ? extremes(xs, ys) : all(xs.length);
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
        return new Legend(entries.size() > 1 ? entries : List.of(), WIDTH - LEFT - RIGHT);
    }

    private double top() {
        return TITLE + legend().height() + LABEL;
    }
}
