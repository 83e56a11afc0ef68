package dev.descent.experiment;

import dev.descent.core.surface.Plane;
import dev.descent.experiment.SurfaceAnswer.NonFinitePlace;
import dev.descent.experiment.SurfaceAnswer.SurfaceAxis;
import dev.descent.experiment.SurfaceAnswer.SurfaceObjective;
import dev.descent.experiment.SurfaceAnswer.SurfacePath;
import dev.descent.training.queue.NonFinite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Losses on a grid of a plane, and the paths of runs across it.
///
/// @param losses a row for each y
/// @param explained how much of the paths' squared distances from the start lies in the plane
record Surface(
        PlanSurface.Planned planned,
        Plane plane,
        double[] xs,
        double[] ys,
        double[][] losses,
        List<Path> paths,
        double explained) {

    /// @param places where the sampled weights are seen
    /// @param losses at the weights themselves
    record Path(Walker walker, long[] steps, Plane.Place[] places, double[] losses) {

        double[] x() {
            return Arrays.stream(places).mapToDouble(Plane.Place::x).toArray();
        }

        double[] y() {
            return Arrays.stream(places).mapToDouble(Plane.Place::y).toArray();
        }

        private double[] distance() {
            return Arrays.stream(places).mapToDouble(Plane.Place::distance).toArray();
        }
    }

    SurfaceAnswer answer() {
        Walker through = planned.through();
        List<NonFinitePlace> nonFinite = new ArrayList<>();
        List<List<@Nullable Double>> grid = new ArrayList<>();
        for (int j = 0; j < losses.length; j++) {
            grid.add(finite("/losses/" + j, losses[j], nonFinite));
        }
        List<SurfacePath> shown = new ArrayList<>();
        for (Path path : paths) {
            String pointer = "/paths/" + shown.size();
            shown.add(new SurfacePath(
                    path.walker().name(),
                    path.walker().job().id(),
                    Arrays.stream(path.steps()).boxed().toList(),
                    finite(pointer + "/x", path.x(), nonFinite),
                    finite(pointer + "/y", path.y(), nonFinite),
                    finite(pointer + "/loss", path.losses(), nonFinite),
                    finite(pointer + "/distance", path.distance(), nonFinite),
                    path.walker().diverged()));
        }
        return new SurfaceAnswer(
                through.name(),
                new SurfaceObjective(
                        through.spec().loss(),
                        through.spec().regularization(),
                        through.plan().trainingRows(),
                        through.spec().network().normalizesBatches() ? "the end of " + through.name() : null),
                new SurfaceAxis("from the start of " + through.name() + " to its end", plane.length(), null, list(xs)),
                new SurfaceAxis(secondDirection(), furthest(), plane.share(), list(ys)),
                grid,
                shown,
                planned.leftOut(),
                explained,
                nonFinite);
    }

    String secondDirection() {
        return plane.share() != null
                ? "the first principal direction of all paths' deviations from that line"
                : "the weight that changes least along that line, as no path strays from it";
    }

    private double furthest() {
        return paths.stream()
                .filter(path -> !path.walker().diverged())
                .flatMapToDouble(path -> Arrays.stream(path.y()))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private static List<Double> list(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    private static List<@Nullable Double> finite(String pointer, double[] numbers, List<NonFinitePlace> nonFinite) {
        List<@Nullable Double> finite = new ArrayList<>();
        for (double number : numbers) {
            String reason = NonFinite.reason(number);
            if (reason != null) {
                nonFinite.add(new NonFinitePlace(pointer + "/" + finite.size(), reason));
            }
            finite.add(NonFinite.orNull(number));
        }
        return finite;
    }
}
