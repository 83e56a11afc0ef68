package dev.descent.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes an SVG document; coordinates have two decimals.
final class SvgCanvas implements Canvas {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringBuilder out = new StringBuilder();

    SvgCanvas(double width, double height) {
        out.append("<svg xmlns=\"" + NAMESPACE + "\"");
        attribute("width", width);
        attribute("height", height);
        out.append(" viewBox=\"0 0 ");
        number(width);
        out.append(' ');
        number(height);
        out.append("\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"12\">\n");
        rectangle(0, 0, width, height, Colours.PAPER);
    }

    String finish() {
        return out.append("</svg>\n").toString();
    }

    @Override
    public void rectangle(double x, double y, double width, double height, int colour) {
        out.append("<rect");
        box(x, y, width, height);
        colour("fill", colour);
        out.append("/>\n");
    }

    @Override
    public void cells(double x, double y, double width, double height, int columns, int[] colours) {
        int rows = colours.length / columns;
        out.append("<svg");
        box(x, y, width, height);
        out.append(" viewBox=\".5 .5 " + (columns - 1) + " " + (rows - 1) + "\" preserveAspectRatio=\"none\">")
                .append("<g transform=\"translate(0 .5)\" shape-rendering=\"crispEdges\">\n");
        runs(columns, colours).forEach((colour, lines) -> {
            out.append("<path");
            colour("stroke", colour);
            out.append(" d=\"").append(String.join("", lines)).append("\"/>\n");
        });
        out.append("</g></svg>\n");
    }

    /// For each colour the horizontal runs of its cells.
    private static Map<Integer, List<String>> runs(int columns, int[] colours) {
        Map<Integer, List<String>> runs = new TreeMap<>();
        for (int row = 0; row < colours.length / columns; row++) {
            int start = row * columns;
            int end = start + columns;
            for (int from = start, to; from < end; from = to) {
                to = from + 1;
                while (to < end && colours[to] == colours[from]) {
                    to++;
                }
                runs.computeIfAbsent(colours[from], _ -> new ArrayList<>())
                        .add("M" + (from - start) + " " + row + "h" + (to - from));
            }
        }
        return runs;
    }

    @Override
    public void line(double[] x, double[] y, Stroke stroke) {
        out.append("<path fill=\"none\" stroke-linejoin=\"round\"");
        colour("stroke", stroke.colour());
        attribute("stroke-width", stroke.width());
        if (stroke.dash() > 0) {
            attribute("stroke-dasharray", stroke.dash());
        }
        out.append(" d=\"");
        boolean drawing = false;
        for (int i = 0; i < x.length; i++) {
            boolean point = Double.isFinite(x[i]) && Double.isFinite(y[i]);
            if (point) {
                out.append(drawing ? 'L' : 'M');
                number(x[i]);
                out.append(' ');
                number(y[i]);
            }
            drawing = point;
        }
        out.append("\"/>\n");
    }

    @Override
    public void disc(double x, double y, double radius, int colour, int edge) {
        out.append("<circle");
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        colour("fill", colour);
        colour("stroke", edge);
        out.append("/>\n");
    }

    @Override
    public void text(double x, double y, Anchor anchor, boolean bold, String text) {
        out.append("<text");
        attribute("x", x);
        attribute("y", y);
        colour("fill", Colours.INK);
        switch (anchor) {
            case START -> {}
            case MIDDLE -> out.append(" text-anchor=\"middle\"");
            case END -> out.append(" text-anchor=\"end\"");
        }
        if (bold) {
            out.append(" font-weight=\"bold\"");
        }
        out.append('>');
        escape(text);
        out.append("</text>\n");
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        out.append("<svg");
        box(x, y, width, height);
        out.append(" viewBox=\"");
        number(x);
        out.append(' ');
        number(y);
        out.append(' ');
        number(width);
        out.append(' ');
        number(height);
        out.append("\">\n");
    }

    @Override
    public void unclip() {
        out.append("</svg>\n");
    }

    /// Begins what is seen during the `index`-th of `count` equal parts of `seconds`, again and again; where nothing
    /// moves, the last is seen.
    void beginFrame(int index, int count, double seconds) {
        String seen = "visible";
        String hidden = "hidden";
        out.append("<g visibility=\"")
                .append(index == count - 1 ? seen : hidden)
                .append("\"><animate");
        out.append(" attributeName=\"visibility\" calcMode=\"discrete\" repeatCount=\"indefinite\" dur=\"");
        number(seconds);
        out.append("s\" values=\"").append(index == 0 ? seen : hidden).append(';');
        out.append(index == 0 ? hidden : seen);
        out.append(index == 0 || index == count - 1 ? "" : ";" + hidden).append("\" keyTimes=\"0;");
        out.append(time(index == 0 ? 1 : index, count));
        out.append(index == 0 || index == count - 1 ? "" : ";" + time(index + 1, count))
                .append("\"/>\n");
    }

    void endFrame() {
        out.append("</g>\n");
    }

    private static String time(int part, int count) {
        return Double.toString(Math.round(1e6 * part / count) / 1e6);
    }

    private void box(double x, double y, double width, double height) {
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
    }

    private void attribute(String name, double value) {
        out.append(' ').append(name).append("=\"");
        number(value);
        out.append('"');
    }

    private void colour(String name, int colour) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(Colours.hexadecimal(colour))
                .append('"');
    }

    private void number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths < 0) {
            out.append('-');
            hundredths = -hundredths;
        }
        out.append(hundredths / 100);
        long rest = hundredths % 100;
        if (rest > 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 > 0) {
                out.append(rest % 10);
            }
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                default -> out.appendCodePoint(isText(c) ? c : '?');
            }
        });
    }

    /// What XML allows as a character, without control characters.
    private static boolean isText(int c) {
        return c >= ' ' && c != 0x7f && !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff;
    }
}
