package dev.descent.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Pictures read back: SVG by an XML parser, PNG by ImageIO, lines from a canvas that keeps them.
class PictureTest {

    private static final String HOSTILE = "<b> & \"quoted\" ]]> \u0001 \ud800 µ";

    @Test
    void everyPictureIsAnXmlDocumentAndAPngTwiceItsSize() throws Exception {
        for (Picture picture : List.of(chart(), map(HOSTILE, 1), sheet(), film(3))) {
            Element svg = parse(picture.svg()).getDocumentElement();
            BufferedImage png = ImageIO.read(new ByteArrayInputStream(picture.png()));

            assertThat(svg.getTagName()).isEqualTo("svg");
            if (!(picture instanceof Film)) {
                assertThat((double) png.getWidth()).isEqualTo(2 * Double.parseDouble(svg.getAttribute("width")));
                assertThat((double) png.getHeight()).isEqualTo(2 * Double.parseDouble(svg.getAttribute("height")));
            }
        }
    }

    @Test
    void textIsKeptButForWhatXmlDoesNotAllow() throws Exception {
        assertThat(texts(map(HOSTILE, 1).svg())).contains("<b> & \"quoted\" ]]> ? ? µ");
    }

    @Test
    void theSamePictureHasTheSameBytes() {
        assertThat(film(3).svg()).isEqualTo(film(3).svg());
        assertThat(film(3).png()).isEqualTo(film(3).png());
    }

    /// The field is 360 units wide, drawn at two pixels for each, from (52, 40) on.
    @Test
    void aMapHasTheLeastAndTheGreatestAtItsCorners() throws Exception {
        double[] values = {-3, 0, 0, 0, 3, 0}; // the lower row first
        var map = new HeatMap(
                "",
                Axis.between("x", 0, 2),
                Axis.between("y", 0, 1),
                new Field.Values(3, values, ColourScale.of(values)),
                List.of());

        BufferedImage png = ImageIO.read(new ByteArrayInputStream(map.png()));

        assertThat(rgb(png, 2 * 52 + 10, 2 * 400 - 10)).isEqualTo(0x003f66);
        assertThat(rgb(png, 2 * (52 + 180), 2 * 40 + 10)).isEqualTo(0x7a3600);
        assertThat(rgb(png, 2 * 412 - 10, 2 * 400 - 10)).isEqualTo(0xffffff);
    }

    @Test
    void numbersOfOneSignHaveASequentialScaleAndBothSignsOneThatIsWhiteAtZero() {
        assertThat(ColourScale.of(new double[] {1, 5})).isEqualTo(ColourScale.sequential(1, 5));
        assertThat(ColourScale.of(new double[] {-1, Double.NaN, 5})).isEqualTo(ColourScale.diverging(5));
        assertThat(ColourScale.diverging(5).colour(0)).isEqualTo(0xffffff);
        assertThat(ColourScale.diverging(5).colour(Double.NaN)).isEqualTo(Colours.NOTHING);
    }

    /// Between grid points the function is taken as linear: off by at most an eighth of its curvature 2 times the
    /// squared width of a square.
    @Test
    void aContourOfTheSquaredDistanceIsACircle() {
        int n = 41;
        double[] values = new double[n * n];
        for (int i = 0; i < values.length; i++) {
            double x = -1 + 2.0 * (i % n) / (n - 1);
            double y = -1 + 2.0 * (i / n) / (n - 1);
            values[i] = x * x + y * y;
        }
        var canvas = new KeptLines();

        Contour.draw(
                canvas,
                new Plot(-1, -1, 2, 2, Axis.between("x", -1, 1), Axis.between("y", -1, 1)),
                n,
                new Overlay.Contours(values, 0.36));

        double[][] line = canvas.lines.getFirst();
        int points = 0;
        for (int i = 0; i < line[0].length; i++) {
            if (!Double.isNaN(line[0][i])) {
                double square = line[0][i] * line[0][i] + line[1][i] * line[1][i];
                assertThat(square).isCloseTo(0.36, within(0.05 * 0.05 / 4));
                points++;
            }
        }
        assertThat(points).isGreaterThan(100);
    }

    @Test
    void aLongLineKeepsItsExtremesAndItsGaps() {
        double[] x = new double[100_000];
        double[] y = new double[x.length];
        Arrays.setAll(x, i -> i);
        y[50_001] = 7;
        y[70_003] = -7;
        Arrays.fill(y, 80_000, 90_000, Double.NaN);
        var canvas = new KeptLines();

        ChartDrawing.large(new LineChart(
                        "", Axis.linear("step"), Axis.between("loss", -10, 10), List.of(Line.of("", x, y))))
                .drawChanging(canvas, 0, 0);

        double[][] line = canvas.lines.stream()
                .filter(each -> each[0].length > 1000)
                .findFirst()
                .orElseThrow();
        assertThat(line[0].length).isLessThan(4 * 2000);
        // the plot is 340 high from 50 on: 7 of -10 to 10 is 0.15 of it from above, -7 is 0.85
        assertThat(Arrays.stream(line[1]).filter(Double::isFinite).min()).hasValue(50 + 0.15 * 340);
        assertThat(Arrays.stream(line[1]).filter(Double::isFinite).max()).hasValue(50 + 0.85 * 340);
        assertThat(Arrays.stream(line[1]).filter(Double::isNaN).count()).isPositive();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(labels(Axis.between("", 0, 1), 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(labels(Axis.between("", -2e6, 3e6), 5)).containsExactly("-2e6", "-1e6", "0", "1e6", "2e6", "3e6");
        assertThat(labels(new Axis("", 1e-7, 10, true), 4)).containsExactly("1e-7", "1e-5", "0.001", "0.1", "10");
        assertThat(labels(new Axis("", 0.15, 3, true), 4)).containsExactly("0.2", "0.5", "1", "2");
    }

    @Test
    void rangesAsWideAsNumbersGoAreDrawn() {
        double[] x = {0, 1, 2};
        double[] y = {Double.MIN_VALUE, 1, Double.MAX_VALUE};
        for (Axis axis : List.of(Axis.logarithmic("loss"), Axis.linear("loss"))) {
            assertThat(new LineChart("", Axis.linear("step"), axis, List.of(Line.of("", x, y))).svg())
                    .endsWith("</svg>\n");
        }
        assertThat(labels(new Axis("", 0, Double.MAX_VALUE, true), 4)).hasSizeBetween(3, 5);
    }

    @Test
    void anAxisOfNothingOrOfOneNumberHasARange() {
        assertThat(Axis.linear("").over(0, new double[] {Double.NaN})).isEqualTo(Axis.between("", 0, 1));
        assertThat(Axis.linear("").over(0, new double[] {4})).isEqualTo(Axis.between("", 3.5, 4.5));
        Axis logarithmic = Axis.logarithmic("").over(0, new double[] {-1, 0, 100, 1});
        assertThat(logarithmic.from()).isEqualTo(1);
        assertThat(logarithmic.to()).isEqualTo(100);
        assertThat(logarithmic.place(0)).isNaN();
    }

    @Test
    void aFilmShowsEachFrameInItsTurnAndTheLastWhereNothingMoves() throws Exception {
        NodeList frames = parse(film(3).svg()).getElementsByTagName("animate");

        assertThat(frames.getLength()).isEqualTo(3);
        assertThat(attributes(frames, "values"))
                .containsExactly("visible;hidden", "hidden;visible;hidden", "hidden;visible");
        assertThat(attributes(frames, "keyTimes")).containsExactly("0;0.333333", "0;0.333333;0.666667", "0;0.666667");
        assertThat(attributes(frames, "dur")).containsOnly("1.5s");
        assertThat(((Element) frames.item(2).getParentNode()).getAttribute("visibility"))
                .isEqualTo("visible");
        assertThat(((Element) frames.item(1).getParentNode()).getAttribute("visibility"))
                .isEqualTo("hidden");
    }

    @Test
    void everyCharacterLooksDifferent() {
        Set<List<Boolean>> seen = new HashSet<>();
        for (int c = ' '; c <= '~'; c++) {
            List<Boolean> dots = new ArrayList<>();
            for (int i = 0; i < BitmapFont.ROWS * BitmapFont.WIDTH; i++) {
                dots.add(BitmapFont.dot(c, i / BitmapFont.WIDTH, i % BitmapFont.WIDTH));
            }
            assertThat(seen.add(dots)).as("'%c'", c).isTrue();
        }
        assertThat(BitmapFont.dot('µ', 0, 1)).isEqualTo(BitmapFont.dot('?', 0, 1));
    }

    private static LineChart chart() {
        double[] x = {0, 1, 2, 3};
        return new LineChart(
                HOSTILE,
                Axis.linear("step"),
                Axis.logarithmic("loss"),
                List.of(Line.of("a", x, new double[] {1, 0.1, Double.NaN, 0.01}), Line.points(HOSTILE, x, x)));
    }

    private static HeatMap map(String title, double factor) {
        double[] values = {-1, 0, 1, 0, factor, 2, 2, 3, 4};
        double[] points = {0.5, 1};
        return new HeatMap(
                title,
                Axis.between("x", 0, 2),
                Axis.between("y", 0, 2),
                new Field.Classes(3, new int[] {0, 1, 0, 1, 1, 0, 0, -1, 9}, values, List.of("no", HOSTILE)),
                List.of(
                        Overlay.classes(points, points, new int[] {0, 1}),
                        new Overlay.Contours(values, 0.5, 1),
                        new Overlay.Path("way", points, points)));
    }

    private static Sheet sheet() {
        return Sheet.square("units", List.of(map("a", 1), map("b", 2), map("c", 3)));
    }

    private static Film film(int frames) {
        List<Sheet> sheets = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            sheets.add(new Sheet("step " + i, 2, List.of(map("output", i), chart())));
        }
        return new Film("film", sheets, 0.5);
    }

    private static List<String> labels(Axis axis, int most) {
        return Ticks.of(axis, most).stream().map(Ticks.Tick::label).toList();
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList texts = parse(svg).getElementsByTagName("text");
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            contents.add(texts.item(i).getTextContent());
        }
        return contents;
    }

    private static List<String> attributes(NodeList elements, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(((Element) elements.item(i)).getAttribute(name));
        }
        return values;
    }

    /// Keeps the lines that are drawn, `{x, y}`.
    private static final class KeptLines implements Canvas {

        private final List<double[][]> lines = new ArrayList<>();

        @Override
        public void line(double[] x, double[] y, Stroke stroke) {
            lines.add(new double[][] {x, y});
        }

        @Override
        public void rectangle(double x, double y, double width, double height, int colour) {}

        @Override
        public void cells(double x, double y, double width, double height, int columns, int[] colours) {}

        @Override
        public void disc(double x, double y, double radius, int colour, int edge) {}

        @Override
        public void text(double x, double y, Anchor anchor, boolean bold, String text) {}

        @Override
        public void clip(double x, double y, double width, double height) {}

        @Override
        public void unclip() {}
    }
}
