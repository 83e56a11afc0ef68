package dev.descent.drawing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The printable characters of ASCII in dots, as `font.txt` shows them: 16 to a band, from the space on.
final class BitmapFont {

    static final int WIDTH = 5;
    /// Dots from one character to the next.
    static final int ADVANCE = 6;
    /// Rows above the baseline.
    static final int HEIGHT = 7;
    /// Rows with what hangs below.
    static final int ROWS = 9;

    private static final int BAND = 16;
    private static final List<String> LINES = lines();

    private BitmapFont() {}

    /// Whether a character, `?` for those there are not, has a dot.
    static boolean dot(int character, int row, int column) {
        int index = (character < ' ' || character > '~' ? '?' : character) - ' ';
        return LINES.get(index / BAND * ROWS + row).charAt(index % BAND * ADVANCE + column) == '#';
    }

    private static List<String> lines() {
        try (InputStream font = BitmapFont.class.getResourceAsStream("font.txt")) {
            if (font == null) {
                throw new IllegalStateException("font.txt is missing");
            }
            return new String(font.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
