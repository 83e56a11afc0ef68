package dev.descent.drawing;

import java.util.Arrays;

/// Draws on pixels; edges of lines and discs are smoothed by how much of a pixel they cover.
final class RasterCanvas implements Canvas {

    private static final double MANY = 1 << 20;

    private final int scale; // pixels of a unit
    private final int width;
    private final int height;
    private final int[] pixels;
    private int left;
    private int top;
    private int right;
    private int bottom;

    RasterCanvas(double width, double height) {
        scale = width * height <= MANY ? 2 : 1;
        this.width = (int) Math.ceil(width * scale);
        this.height = (int) Math.ceil(height * scale);
        pixels = new int[Math.multiplyExact(this.width, this.height)];
        Arrays.fill(pixels, Colours.PAPER);
        unclip();
    }

    byte[] finish() {
        return Png.of(width, pixels);
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        left = (int) Math.round(x * scale);
        top = (int) Math.round(y * scale);
        right = (int) Math.round((x + width) * scale);
        bottom = (int) Math.round((y + height) * scale);
    }

    @Override
    public void unclip() {
        left = 0;
        top = 0;
        right = width;
        bottom = height;
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int colour) {
        cells(x, y, width, height, 1, new int[] {colour});
    }

    @Override
    public void cells(double x, double y, double width, double height, int columns, int[] colours) {
        int rows = colours.length / columns;
        int x0 = (int) Math.round(x * scale);
        int y0 = (int) Math.round(y * scale);
        int x1 = (int) Math.round((x + width) * scale);
        int y1 = (int) Math.round((y + height) * scale);
        for (int py = Math.max(top, y0); py < Math.min(bottom, y1); py++) {
            int row = (int) ((py - y0 + 0.5) / (y1 - y0) * (rows - 1) + 0.5);
            for (int px = Math.max(left, x0); px < Math.min(right, x1); px++) {
                int column = (int) ((px - x0 + 0.5) / (x1 - x0) * (columns - 1) + 0.5);
                pixels[py * this.width + px] = colours[row * columns + column];
            }
        }
    }

    @Override
    public void line(double[] x, double[] y, Stroke stroke) {
        double walked = 0;
        for (int i = 1; i < x.length; i++) {
            if (!Double.isFinite(x[i - 1])
                    || !Double.isFinite(y[i - 1])
                    || !Double.isFinite(x[i])
                    || !Double.isFinite(y[i])) {
                walked = 0;
            } else if (stroke.dash() > 0) {
                walked = dashes(x[i - 1], y[i - 1], x[i], y[i], stroke, walked);
            } else {
                segment(x[i - 1], y[i - 1], x[i], y[i], stroke);
            }
        }
    }

    /// Draws the dashes of a segment whose line has come `walked` far, and returns how far it comes.
    private double dashes(double x0, double y0, double x1, double y1, Stroke stroke, double walked) {
        double length = distance(x1 - x0, y1 - y0);
        double at = 0;
        while (at < length) {
            long part = (long) Math.floor((walked + at) / stroke.dash());
            double end = Math.min(length, Math.max((part + 1) * stroke.dash() - walked, at + 1e-3));
            if (part % 2 == 0) {
                double a = at / length;
                double b = end / length;
                segment(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b, stroke);
            }
            at = end;
        }
        return walked + length;
    }

    private void segment(double x0, double y0, double x1, double y1, Stroke stroke) {
        double half = stroke.width() * scale / 2;
        double ax = x0 * scale;
        double ay = y0 * scale;
        double dx = (x1 - x0) * scale;
        double dy = (y1 - y0) * scale;
        double square = dx * dx + dy * dy;
        double reach = half + 1;
        int firstRow = within(Math.min(ay, ay + dy) - reach, top, bottom);
        int lastRow = within(Math.max(ay, ay + dy) + reach, top, bottom);
        for (int py = firstRow; py < lastRow; py++) {
            double low = Math.min(ax, ax + dx);
            double high = Math.max(ax, ax + dx);
            if (Math.abs(dy) > 1) { // only where the segment is near this row
                double before = ax + dx * Math.clamp((py - reach - ay) / dy, 0, 1);
                double after = ax + dx * Math.clamp((py + 1 + reach - ay) / dy, 0, 1);
                low = Math.min(before, after);
                high = Math.max(before, after);
            }
            int last = within(high + reach, left, right);
            for (int px = within(low - reach, left, right); px < last; px++) {
                double qx = px + 0.5 - ax;
                double qy = py + 0.5 - ay;
                double t = square > 0 ? Math.clamp((qx * dx + qy * dy) / square, 0, 1) : 0;
                blend(px, py, stroke.colour(), half + 0.5 - distance(qx - t * dx, qy - t * dy));
            }
        }
    }

    @Override
    public void disc(double x, double y, double radius, int colour, int edge) {
        double r = (radius + 0.5) * scale;
        int last = within(y * scale + r + 1, top, bottom);
        for (int py = within(y * scale - r - 1, top, bottom); py < last; py++) {
            int end = within(x * scale + r + 1, left, right);
            for (int px = within(x * scale - r - 1, left, right); px < end; px++) {
                double distance = distance(px + 0.5 - x * scale, py + 0.5 - y * scale);
                blend(px, py, edge, r + 0.5 - distance);
                blend(px, py, colour, r - scale + 0.5 - distance);
            }
        }
    }

    @Override
    public void text(double x, double y, Anchor anchor, boolean bold, String text) {
        int[] glyphs = text.codePoints().map(c -> c < 128 ? c : '?').toArray();
        double length = glyphs.length * (double) BitmapFont.ADVANCE;
        double start = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - length / 2;
            case END -> x - length + 1;
        };
        int px = (int) Math.round(start * scale);
        int py = (int) Math.round((y - BitmapFont.HEIGHT) * scale);
        for (int i = 0; i < glyphs.length; i++) {
            for (int row = 0; row < BitmapFont.ROWS; row++) {
                for (int column = 0; column < BitmapFont.WIDTH; column++) {
                    if (BitmapFont.dot(glyphs[i], row, column)) {
                        dot(px + (i * BitmapFont.ADVANCE + column) * scale, py + row * scale, bold ? scale + 1 : scale);
                    }
                }
            }
        }
    }

    private void dot(int x, int y, int dotWidth) {
        for (int py = Math.max(top, y); py < Math.min(bottom, y + scale); py++) {
            for (int px = Math.max(left, x); px < Math.min(right, x + dotWidth); px++) {
                pixels[py * width + px] = Colours.INK;
            }
        }
    }

    private void blend(int x, int y, int colour, double covered) {
        if (covered > 0) {
            int at = y * width + x;
            pixels[at] = Colours.mixed(pixels[at], colour, Math.min(1, covered));
        }
    }

    private static double distance(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    private static int within(double value, int from, int to) {
        return (int) Math.clamp(Math.floor(value), from, to);
    }
}
