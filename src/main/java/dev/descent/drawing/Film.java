package dev.descent.drawing;

import java.util.ArrayList;
import java.util.List;

/// Sheets one after the other, each of as many maps, which have the same axes, points and legends in all.
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

    /// All maps of all frames, a frame of several maps in a row of its own.
    public Sheet contactSheet() {
        int maps = frames.getFirst().maps().size();
        List<HeatMap> all = new ArrayList<>();
        for (Sheet frame : frames) {
            for (HeatMap map : frame.maps()) {
                String name = maps == 1 ? frame.title() : frame.title() + ", " + map.title();
                all.add(new HeatMap(name, map.x(), map.y(), map.field(), map.overlays()));
            }
        }
        return maps == 1 ? Sheet.square(title, all) : new Sheet(title, maps, all);
    }
}
