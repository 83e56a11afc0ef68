package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import dev.descent.drawing.Ticks.Tick;
import java.util.List;
import java.util.stream.Stream;

/// A [HeatMap] at some place of a canvas, its field a square of side `side`.
record Panel(HeatMap map, double side) implements Drawing {

    private static final double LARGE = 360;
    private static final double SMALL = 150;

    private static final double LEFT = 52;
    private static final double BOTTOM = 40;
    private static final double TITLE = 40;
    private static final double SCALE = 74;
    private static final double RIGHT = 16;
    private static final double STRONGEST = 0.62;
    private static final double WEAKEST = 0.1;

    static Panel large(HeatMap map) {
        return new Panel(map, LARGE);
    }

    static Panel small(HeatMap map) {
        return new Panel(map, SMALL);
    }

    @Override
    public double width() {
        return LEFT + side + (map.field() instanceof Field.Values ? SCALE : RIGHT);
    }

    @Override
    public double height() {
        return TITLE + side + BOTTOM + legend().height();
    }

    /// The title, the field, its contour lines and paths.
    @Override
    public void drawChanging(Canvas canvas, double left, double top) {
        Plot plot = plot(left, top);
        canvas.text(plot.left(), top + 15, Anchor.START, true, Canvas.fitting(map.title(), width() - LEFT));
        canvas.cells(plot.left(), plot.top(), side, side, map.field().columns(), colours());
        plot.clip(canvas);
        for (Overlay overlay : map.overlays()) {
            if (overlay instanceof Overlay.Contours contours) {
                Contour.draw(canvas, plot, map.field().columns(), contours);
            }
        }
        List<Overlay.Path> paths = paths();
        for (int i = 0; i < paths.size(); i++) {
            draw(canvas, plot, paths.get(i), i);
        }
        for (int i = 0; i < paths.size(); i++) {
            markEnd(canvas, plot, paths.get(i), i);
        }
        canvas.unclip();
    }

    /// The points, the axes and the legend.
    @Override
    public void drawFixed(Canvas canvas, double left, double top) {
        Plot plot = plot(left, top);
        plot.clip(canvas);
        for (Overlay overlay : map.overlays()) {
            if (overlay instanceof Overlay.Points points) {
                draw(canvas, plot, points);
            }
        }
        canvas.unclip();
        plot.axes(canvas);
        if (map.field() instanceof Field.Values values) {
            draw(canvas, plot, values.scale());
        }
        legend().draw(canvas, plot.left(), plot.top() + side + BOTTOM - 4);
    }

    private Plot plot(double left, double top) {
        return new Plot(left + LEFT, top + TITLE, side, side, map.x(), map.y());
    }

    /// The classes, or else the paths, in the order of their colours.
    private Legend legend() {
        Stream<Legend.Entry> entries = switch (map.field()) {
            case Field.Classes classes ->
                classes.names().stream().map(name -> new Legend.Entry(name, Legend.Sign.SQUARE));
            case Field.Values _ -> paths().stream().map(path -> new Legend.Entry(path.name(), Legend.Sign.LINE));
        };
        return new Legend(entries.toList(), side);
    }

    private List<Overlay.Path> paths() {
        return map.overlays().stream()
                .filter(Overlay.Path.class::isInstance)
                .map(Overlay.Path.class::cast)
                .toList();
    }

    /// The colours, the top row first.
    private int[] colours() {
        int columns = map.field().columns();
        return switch (map.field()) {
            case Field.Values values -> {
                int[] colours = new int[values.values().length];
                for (int i = 0; i < colours.length; i++) {
                    colours[flipped(i, columns, colours.length)] =
                            values.scale().colour(values.values()[i]);
                }
                yield colours;
            }
            case Field.Classes classes -> {
                int[] colours = new int[classes.classes().length];
                for (int i = 0; i < colours.length; i++) {
                    colours[flipped(i, columns, colours.length)] = colour(classes.classes()[i], classes.certainty()[i]);
                }
                yield colours;
            }
        };
    }

    private static int flipped(int index, int columns, int length) {
        return length - columns - index / columns * columns + index % columns;
    }

    /// A class's colour in one of 17 strengths.
    private static int colour(int label, double certainty) {
        if (label < 0 || !Double.isFinite(certainty)) {
            return Colours.NOTHING;
        }
        double step = Math.round(Math.clamp(certainty, 0, 1) * 16) / 16.0;
        return Colours.mixed(Colours.PAPER, Colours.distinct(label), WEAKEST + (STRONGEST - WEAKEST) * step);
    }

    private void draw(Canvas canvas, Plot plot, Overlay.Points points) {
        int[] classes = points.classes();
        double[] values = points.values();
        double radius = side == LARGE ? 3 : 2;
        for (int i = 0; i < points.x().length; i++) {
            double x = plot.x(points.x()[i]);
            double y = plot.y(points.y()[i]);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                int colour = Colours.INK;
                if (classes != null) {
                    colour = classes[i] < 0 ? Colours.NOTHING : Colours.distinct(classes[i]);
                } else if (values != null && map.field() instanceof Field.Values field) {
                    colour = field.scale().colour(values[i]);
                }
                canvas.disc(x, y, radius, colour, values == null ? Colours.PAPER : Colours.INK);
            }
        }
    }

    /// In the colour of its place in the legend, with paper around it to stand out from the field.
    private static void draw(Canvas canvas, Plot plot, Overlay.Path path, int index) {
        double[] xs = plot.xs(path.x());
        double[] ys = plot.ys(path.y());
        canvas.line(xs, ys, new Canvas.Stroke(Colours.PAPER, 4, 0));
        canvas.line(xs, ys, Legend.stroke(index));
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(xs[i]) && Double.isFinite(ys[i])) {
                canvas.disc(xs[i], ys[i], i == 0 ? 5 : 2, Colours.distinct(index), Colours.PAPER);
            }
        }
    }

    /// Above all paths: an end may lie on another.
    private static void markEnd(Canvas canvas, Plot plot, Overlay.Path path, int index) {
        if (path.x().length > 0) {
            double x = plot.x(path.x()[path.x().length - 1]);
            double y = plot.y(path.y()[path.y().length - 1]);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                canvas.disc(x, y, 4, Colours.distinct(index), Colours.PAPER);
            }
        }
    }

    private void draw(Canvas canvas, Plot plot, ColourScale scale) {
        double left = plot.left() + side + 12;
        int shades = 65;
        int[] colours = new int[shades];
        for (int i = 0; i < shades; i++) {
            double part = 1 - i / (double) (shades - 1);
            colours[i] = scale.colour(scale.from() + (scale.to() - scale.from()) * part);
        }
        for (int i = 0; i < shades; i++) {
            canvas.rectangle(left, plot.top() + side * i / shades, 12, side / shades + 0.5, colours[i]);
        }
        Axis axis = Axis.between("", scale.from(), scale.to());
        for (Tick tick : Ticks.of(axis, side == LARGE ? 6 : 4)) {
            double y = plot.top() + side * (1 - axis.place(tick.value()));
            canvas.text(left + 16, y + 4, Anchor.START, false, tick.label());
        }
    }
}
