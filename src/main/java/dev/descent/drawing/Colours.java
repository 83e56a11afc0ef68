package dev.descent.drawing;

import java.util.Locale;

/// Colours as `0xRRGGBB`.
///
/// Lines and classes have those that Okabe and Ito (Color Universal Design, 2008) chose to be told apart by
/// everybody, without the yellow, which a thin line does not show on white. What comes after these seven is darker,
/// then paler; such lines are dashed too.
final class Colours {

    static final int PAPER = 0xffffff;
    static final int INK = 0x222222;
    static final int FAINT = 0xe2e2e2;
    static final int EDGE = 0x888888;
    /// What has no number.
    static final int NOTHING = 0xb0b0b0;

    private static final int[] DISTINCT = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x777777};

    private Colours() {}

    /// The colour of a class or a line.
    static int distinct(int index) {
        int colour = DISTINCT[index % DISTINCT.length];
        return switch (round(index)) {
            case 0 -> colour;
            case 1 -> mixed(colour, INK, 0.5);
            default -> mixed(colour, PAPER, 0.5);
        };
    }

    /// How often the colours were used up before.
    static int round(int index) {
        return index / DISTINCT.length;
    }

    /// `from` at 0, `to` at 1.
    static int mixed(int from, int to, double part) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * part) << shift;
        }
        return mixed;
    }

    static String hexadecimal(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }
}
