package dev.descent.model;

import dev.descent.drawing.Axis;
import dev.descent.drawing.ColourScale;
import dev.descent.drawing.Field;
import dev.descent.drawing.Figure;
import dev.descent.drawing.Film;
import dev.descent.drawing.HeatMap;
import dev.descent.drawing.Line;
import dev.descent.drawing.LineChart;
import dev.descent.drawing.Overlay;
import dev.descent.drawing.Picture;
import dev.descent.drawing.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws surfaces of one model, or of one network in training: all have the same colours for the same numbers.
public final class SurfacePictures {

    /// Maps in one picture.
    public static final int MOST = 64;

    private final Plane plane;
    private final List<Surface> surfaces;
    private final @Nullable Scatter scatter;

    /// @param scatter rows of the data to be drawn where the answer to the target is shown
    public SurfacePictures(Plane plane, List<Surface> surfaces, @Nullable Scatter scatter) {
        this.plane = plane;
        this.surfaces = surfaces;
        this.scatter = scatter;
    }

    /// Refuses an aspect of more maps than there may be in a picture of so many frames.
    public static void requireDrawable(Plane plane, Aspect aspect, int frames) {
        int maps = plane.y() == null ? 1 : Math.max(1, aspect.units().size());
        if (maps * (long) frames > MOST || aspect.units().size() > MOST) {
            throw PlaneQuery.refused(
                    aspect.layer() == null ? "?frames" : "?unit",
                    "picture-too-large",
                    "the picture would hold "
                            + Math.max(maps * (long) frames, aspect.units().size()) + " maps; it may hold " + MOST
                            + ": choose one unit, or fewer frames",
                    null);
        }
    }

    /// The first surface.
    public Picture picture(String title) {
        List<Figure> figures = figures(surfaces.getFirst(), title);
        return figures.size() == 1 ? figures.getFirst() : Sheet.square(title, figures);
    }

    /// All surfaces, one after the other.
    public Film film(String title, List<String> titles, double secondsPerFrame) {
        List<Sheet> frames = new ArrayList<>();
        for (int i = 0; i < surfaces.size(); i++) {
            List<Figure> figures = figures(surfaces.get(i), title);
            frames.add(Sheet.square(titles.get(i), figures));
        }
        return new Film(title, frames, secondsPerFrame);
    }

    private List<Figure> figures(Surface surface, String title) {
        Plane.Span y = plane.y();
        if (y == null) {
            return List.of(curve(surface, title));
        }
        return switch (surface) {
            case Surface.Numbers numbers -> List.of(map(title, y, numbers.values(), scale(0), ofValues()));
            case Surface.Classes classes -> List.of(classes(title, y, classes));
            case Surface.Units units -> {
                List<Figure> maps = new ArrayList<>();
                for (int u = 0; u < units.values().length; u++) {
                    String name =
                            "layer " + units.layer() + ", unit " + units.units().get(u);
                    maps.add(map(
                            units.values().length == 1 ? title + ": " + name : name,
                            y,
                            units.values()[u],
                            scale(u),
                            List.of()));
                }
                yield maps;
            }
        };
    }

    private Figure map(String title, Plane.Span y, double[] values, ColourScale scale, List<Overlay> overlays) {
        return new HeatMap(
                title, axis(plane.x()), axis(y), new Field.Values(plane.x().points(), values, scale), overlays);
    }

    private Figure classes(String title, Plane.Span y, Surface.Classes surface) {
        int classes = surface.names().size();
        double[] first = new double[plane.size()]; // the largest share
        double[] second = new double[plane.size()];
        double[] certainty = new double[plane.size()];
        for (int i = 0; i < plane.size(); i++) {
            first[i] = Double.NEGATIVE_INFINITY;
            second[i] = Double.NEGATIVE_INFINITY;
            for (double[] shares : surface.shares()) {
                second[i] = Math.max(second[i], Math.min(first[i], shares[i]));
                first[i] = Math.max(first[i], shares[i]);
            }
            certainty[i] = (first[i] * classes - 1) / (classes - 1);
        }
        List<Overlay> overlays = new ArrayList<>();
        for (int k = 1; k < classes; k++) { // where the first class ends, another begins
            double[] lead = new double[plane.size()];
            for (int i = 0; i < lead.length; i++) {
                double share = surface.shares()[k][i];
                lead[i] = share - (share == first[i] ? second[i] : first[i]);
            }
            overlays.add(new Overlay.Contours(lead, 0));
        }
        overlays.addAll(ofClasses(surface.names()));
        return new HeatMap(
                title,
                axis(plane.x()),
                axis(y),
                new Field.Classes(plane.x().points(), surface.labels(), certainty, surface.names()),
                overlays);
    }

    private List<Overlay> ofValues() {
        return scatter == null ? List.of() : List.of(Overlay.values(scatter.x(), scatter.y(), scatter.target()));
    }

    private List<Overlay> ofClasses(List<String> names) {
        if (scatter == null) {
            return List.of();
        }
        int[] labels = Arrays.stream(scatter.labels()).mapToInt(names::indexOf).toArray();
        return List.of(Overlay.classes(scatter.x(), scatter.y(), labels));
    }

    private Figure curve(Surface surface, String title) {
        double[] x = plane.x().values();
        List<Line> lines = new ArrayList<>();
        switch (surface) {
            case Surface.Numbers numbers -> {
                lines.add(Line.of("predicted " + numbers.target(), x, numbers.values()));
                if (scatter != null) {
                    lines.add(Line.points(numbers.target(), scatter.x(), scatter.target()));
                }
            }
            case Surface.Classes classes -> {
                for (int k = 0; k < classes.names().size(); k++) {
                    lines.add(Line.of(classes.names().get(k), x, classes.shares()[k]));
                }
            }
            case Surface.Units units -> {
                for (int u = 0; u < units.values().length; u++) {
                    lines.add(Line.of("unit " + units.units().get(u), x, units.values()[u]));
                }
            }
        }
        String label = switch (surface) {
            case Surface.Numbers numbers -> numbers.target();
            case Surface.Classes _ -> "probability";
            case Surface.Units units -> "activation of layer " + units.layer();
        };
        return new LineChart(title, axis(plane.x()), vertical(label), lines);
    }

    /// The axis of all curves.
    private Axis vertical(String label) {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < series(surfaces.getFirst()).length; i++) {
            all.addAll(seriesOfAll(i));
        }
        if (scatter != null && surfaces.getFirst() instanceof Surface.Numbers) {
            all.add(scatter.target());
        }
        return Axis.around(label, all.toArray(double[][]::new));
    }

    private static Axis axis(Plane.Span span) {
        return Axis.between(span.column(), span.from(), span.to());
    }

    /// The colours for the numbers of one map in all surfaces; points have them too.
    private ColourScale scale(int map) {
        List<double[]> all = new ArrayList<>(seriesOfAll(map));
        if (scatter != null && surfaces.getFirst() instanceof Surface.Numbers) {
            all.add(scatter.target());
        }
        return ColourScale.of(all.toArray(double[][]::new));
    }

    private List<double[]> seriesOfAll(int index) {
        return surfaces.stream().map(surface -> series(surface)[index]).toList();
    }

    private static double[][] series(Surface surface) {
        return switch (surface) {
            case Surface.Numbers numbers -> new double[][] {numbers.values()};
            case Surface.Classes classes -> classes.shares();
            case Surface.Units units -> units.values();
        };
    }
}
