package dev.descent.drawing;

import java.util.List;

/// Lines over common axes, with a legend where there are several.
///
/// A line of many more points than the chart is wide is drawn as a [LongLine].
public record LineChart(String title, Axis x, Axis y, List<Line> lines) implements Figure {

    public LineChart {
        lines = List.copyOf(lines);
    }
}
