package dev.descent.drawing;

import java.util.ArrayList;
import java.util.List;

/// Sheets one after the other, each of as many figures. The axes, legends and points of the first are those of all;
/// axes have ranges ([Axis#between]).
///
/// As SVG the frames are shown in turn, again and again, by the picture itself (SMIL), so that it moves wherever an
/// image may be shown; what does not know SMIL shows the last. As PNG all frames are side by side.
///
/// @param secondsPerFrame how long a frame is seen
public record Film(String title, List<Sheet> frames, double secondsPerFrame) implements Picture {

    public Film {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a film needs a frame");
        }
    }

    /// All figures of all frames, a frame of several figures in a row of its own.
    public Sheet contactSheet() {
        int figures = frames.getFirst().figures().size();
        List<Figure> all = new ArrayList<>();
        for (Sheet frame : frames) {
            for (Figure figure : frame.figures()) {
                all.add(named(figure, figures == 1 ? "" : ", ", frame.title()));
            }
        }
        return figures == 1 ? Sheet.square(title, all) : new Sheet(title, figures, all);
    }

    private static Figure named(Figure figure, String separator, String frame) {
        return switch (figure) {
            case HeatMap map ->
                new HeatMap(name(frame, separator, map.title()), map.x(), map.y(), map.field(), map.overlays());
            case LineChart chart ->
                new LineChart(name(frame, separator, chart.title()), chart.x(), chart.y(), chart.lines());
        };
    }

    private static String name(String frame, String separator, String title) {
        return separator.isEmpty() ? frame : frame + separator + title;
    }
}
