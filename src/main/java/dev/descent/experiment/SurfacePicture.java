package dev.descent.experiment;

import dev.descent.drawing.Axis;
import dev.descent.drawing.ColourScale;
import dev.descent.drawing.Field;
import dev.descent.drawing.HeatMap;
import dev.descent.drawing.Overlay;
import dev.descent.drawing.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Draws a loss surface: the losses as colours and contour lines, and the paths on them.
///
/// Losses are drawn by their logarithms where all are positive, as they span many powers of ten: else the valley that
/// the paths end in would have one colour.
final class SurfacePicture {

    private static final int LEVELS = 12;

    private SurfacePicture() {}

    static Picture of(Surface surface) {
        double[] losses =
                Arrays.stream(surface.losses()).flatMapToDouble(Arrays::stream).toArray();
        boolean logarithmic = Arrays.stream(losses).allMatch(loss -> loss > 0);
        double[] shown =
                logarithmic ? Arrays.stream(losses).map(StrictMath::log10).toArray() : losses;
        List<Overlay> overlays = new ArrayList<>();
        overlays.add(new Overlay.Contours(shown, levels(shown)));
        for (Surface.Path path : surface.paths()) {
            overlays.add(new Overlay.Path(
                    path.walker().name(), within(surface.xs(), path.x()), within(surface.ys(), path.y())));
        }
        String through = surface.planned().through().name();
        return new HeatMap(
                surface.planned().title() + (logarithmic ? ": log10 of the loss" : ": the loss"),
                axis("from the start of " + through + " to its end", surface.xs()),
                axis(surface.plane().share() != null ? "first principal direction" : "a fixed direction", surface.ys()),
                new Field.Values(surface.xs().length, shown, ColourScale.of(shown)),
                overlays);
    }

    /// What a path that diverged has beyond all colours becomes a gap.
    private static double[] within(double[] axis, double[] places) {
        double extent = axis[axis.length - 1] - axis[0];
        return Arrays.stream(places)
                .map(place -> place > axis[0] - extent && place < axis[axis.length - 1] + extent ? place : Double.NaN)
                .toArray();
    }

    private static Axis axis(String label, double[] values) {
        return Axis.between(label, values[0], values[values.length - 1]);
    }

    /// At equal distances between the least and the greatest.
    private static double[] levels(double[] values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        double least = Arrays.stream(finite).min().orElse(0);
        double greatest = Arrays.stream(finite).max().orElse(0);
        double[] levels = new double[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            levels[i] = least + (greatest - least) * (i + 1) / (LEVELS + 1);
        }
        return levels;
    }
}
