package dev.descent.drawing;

import java.util.List;

/// A function of two numbers as colours, with a legend of them, and what is drawn on it in order. The axes have
/// ranges ([Axis#between]), the outermost points of the field are on their ends.
public record HeatMap(String title, Axis x, Axis y, Field field, List<Overlay> overlays) implements Figure {

    public HeatMap {
        overlays = List.copyOf(overlays);
        if (Double.isNaN(x.from()) || Double.isNaN(y.from())) {
            throw new IllegalArgumentException("a map's axes need ranges");
        }
    }
}
