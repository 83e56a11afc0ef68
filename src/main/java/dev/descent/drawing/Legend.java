package dev.descent.drawing;

import dev.descent.drawing.Canvas.Anchor;
import dev.descent.drawing.Canvas.Stroke;
import java.util.List;

/// Names beside their signs in their colours, in as many rows as they need.
record Legend(List<Entry> entries, double width) {

    private static final double ROW = 18;
    private static final double SIGN = 24;
    private static final double GAP = 16;

    enum Sign {
        LINE,
        DISC,
        SQUARE
    }

    record Entry(String name, Sign sign) {}

    double height() {
        return walk((_, _, _) -> {});
    }

    void draw(Canvas canvas, double left, double top) {
        walk((index, x, y) -> {
            double middle = left + x + 10;
            switch (entries.get(index).sign()) {
                case LINE ->
                    canvas.line(
                            new double[] {middle - 10, middle + 10},
                            new double[] {top + y + 8, top + y + 8},
                            stroke(index));
                case DISC -> canvas.disc(middle, top + y + 8, 3, Colours.distinct(index), Colours.PAPER);
                case SQUARE -> canvas.rectangle(middle - 6, top + y + 2, 12, 12, Colours.distinct(index));
            }
            canvas.text(left + x + SIGN, top + y + 12, Anchor.START, false, name(index));
        });
    }

    /// How the line of a place in the legend is drawn.
    static Stroke stroke(int index) {
        return new Stroke(Colours.distinct(index), 1.8, 5.0 * Colours.round(index));
    }

    private String name(int index) {
        return Canvas.fitting(entries.get(index).name(), width - SIGN);
    }

    /// Visits the place of each, and returns how high they are together.
    private double walk(Visitor visitor) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < entries.size(); i++) {
            double length = SIGN + name(i).length() * Canvas.CHARACTER;
            if (x > 0 && x + length > width) {
                x = 0;
                y += ROW;
            }
            visitor.at(i, x, y);
            x += length + GAP;
        }
        return entries.isEmpty() ? 0 : y + ROW;
    }

    private interface Visitor {
        void at(int index, double x, double y);
    }
}
