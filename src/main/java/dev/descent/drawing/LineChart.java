package dev.descent.drawing;

import java.util.List;

/// Lines over common axes, with a legend where there are several.
///
/// A line of many more points than the chart is wide is drawn by the first, the least, the greatest and the last number
/// in each column of pixels, which looks the same.
public record LineChart(String title, Axis x, Axis y, List<Line> lines) implements Figure {

    public LineChart {
        lines = List.copyOf(lines);
    }
}
