package dev.descent.drawing;

/// Which colour a number has, in 65 shades between `from` and `to`; numbers beyond have the outermost.
///
/// A diverging scale is white at zero, blue below and orange above. A sequential scale goes from nearly white
/// over blue to nearly black, ever darker, so that it can be read without seeing colours.
public record ColourScale(double from, double to, boolean diverging) {

    private static final int SHADES = 64;
    private static final int[] DIVERGING = {0x003f66, 0x0072b2, 0x8fc3e0, 0xffffff, 0xf4b183, 0xd55e00, 0x7a3600};
    private static final int[] SEQUENTIAL = {0xf5f8fa, 0xa6cfe4, 0x3d97c8, 0x0a5c8f, 0x02243a};

    /// White at zero, with the strongest colours at `-limit` and `limit`.
    public static ColourScale diverging(double limit) {
        return new ColourScale(-limit, limit, true);
    }

    public static ColourScale sequential(double from, double to) {
        return new ColourScale(from, to, false);
    }

    /// A scale for all these numbers: diverging where some are negative and some positive.
    public static ColourScale of(double[]... values) {
        Extent extent = Extent.of(values);
        return extent.least() < 0 && extent.greatest() > 0
                ? diverging(Math.max(-extent.least(), extent.greatest()))
                : sequential(extent.least(), extent.greatest());
    }

    int colour(double value) {
        if (!Double.isFinite(value)) {
            return Colours.NOTHING;
        }
        double part = to > from ? (value - from) / (to - from) : 0.5;
        return shade(Math.round(Math.clamp(part, 0, 1) * SHADES) / (double) SHADES);
    }

    private int shade(double part) {
        int[] colours = diverging ? DIVERGING : SEQUENTIAL;
        double place = part * (colours.length - 1);
        int below = Math.min((int) place, colours.length - 2);
        return Colours.mixed(colours[below], colours[below + 1], place - below);
    }
}
