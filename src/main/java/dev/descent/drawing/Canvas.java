package dev.descent.drawing;

/// What pictures are drawn on; `y` grows downwards, colours are `0xRRGGBB`.
interface Canvas {

    /// Where the place of a text is in it.
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /// How a line is drawn.
    ///
    /// @param dash length of each dash and gap; 0 for a whole line
    record Stroke(int colour, double width, double dash) {}

    /// About how wide a character is.
    double CHARACTER = 6.4;

    /// How much of a text fits into a width, the rest as two dots.
    static String fitting(String text, double width) {
        int most = Math.max(3, (int) (width / CHARACTER));
        return text.length() <= most ? text : text.substring(0, most - 2) + "..";
    }

    void rectangle(double x, double y, double width, double height, int colour);

    /// The colours of a regular grid of points, the top row first; its outermost points are on the edges, so
    /// that the outermost cells are halved.
    void cells(double x, double y, double width, double height, int columns, int[] colours);

    /// A line through points; a point that is not finite parts it.
    void line(double[] x, double[] y, Stroke stroke);

    void disc(double x, double y, double radius, int colour, int edge);

    /// A text whose baseline is at `y`.
    void text(double x, double y, Anchor anchor, boolean bold, String text);

    /// Draws nothing outside of a rectangle until [#unclip].
    void clip(double x, double y, double width, double height);

    void unclip();

    /// A straight line.
    default void segment(double x0, double y0, double x1, double y1, int colour, double width) {
        line(new double[] {x0, x1}, new double[] {y0, y1}, new Stroke(colour, width, 0));
    }
}
