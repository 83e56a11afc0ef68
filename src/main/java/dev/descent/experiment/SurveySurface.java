package dev.descent.experiment;

import dev.descent.core.data.Table;
import dev.descent.core.nn.FlatWeights;
import dev.descent.core.surface.Plane;
import dev.descent.core.surface.Walk;
import dev.descent.core.train.DatasetObjective;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingData;
import dev.descent.dataset.Dataset;
import dev.descent.dataset.Datasets;
import dev.descent.experiment.Surface.Path;
import dev.descent.training.plan.Examples;
import dev.descent.training.plan.JobSpec;
import dev.descent.training.queue.StateConflict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Follows runs by exact replay, lays a plane through them, and measures the losses on it.
@Component
class SurveySurface {

    /// What an extent is at least, in parts of the other.
    private static final double NARROWEST = 0.1;

    private final Datasets datasets;

    SurveySurface(Datasets datasets) {
        this.datasets = datasets;
    }

    /// A dataset's rows as a run wants them; a run of the same loss and precision wants the same.
    private record Rows(JobSpec spec, TrainingData data) {

        boolean serve(JobSpec other) {
            return spec.loss().equals(other.loss()) && spec.precision() == other.precision();
        }
    }

    /// Returns null where `goesOn` became false.
    @Nullable
    Surface survey(PlanSurface.Planned planned, BooleanSupplier goesOn) throws IOException {
        Walker through = planned.through();
        Rows rows = read(through.spec(), planned.dataset());
        List<Walk> walks = new ArrayList<>();
        Rows latest = rows;
        for (Walker walker : planned.walkers()) {
            latest = rows.serve(walker.spec())
                    ? rows
                    : latest.serve(walker.spec()) ? latest : read(walker.spec(), planned.dataset());
            Walk walk = follow(walker, latest, planned.request().steps(), goesOn);
            if (walk == null) {
                return null;
            }
            walks.add(walk);
        }
        Plane plane = plane(planned, walks);
        try (var objective = new DatasetObjective(through.spec().trainingSpec(), rows.data())) {
            return measure(planned, plane, walks, objective, goesOn);
        }
    }

    private Rows read(JobSpec spec, Dataset dataset) throws IOException {
        try (Table table = datasets.open(dataset)) {
            return new Rows(spec, Examples.read(spec, table).training());
        }
    }

    private static @Nullable Walk follow(Walker walker, Rows rows, int points, BooleanSupplier goesOn) {
        try (Trainer trainer = Trainer.start(walker.spec().trainingSpec().unwatched(), rows.data())) {
            Walk walk = Walk.of(trainer, walker.restarts(), walker.steps(points), goesOn);
            if (walk == null && goesOn.getAsBoolean()) {
                throw new IllegalStateException("job " + walker.job().id() + " did not come to step " + walker.made()
                        + " again (round " + walker.restarts() + ")");
            }
            return walk;
        }
    }

    private static Plane plane(PlanSurface.Planned planned, List<Walk> walks) {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < walks.size(); k++) {
            if (!planned.walkers().get(k).diverged()) {
                for (FlatWeights weights : walks.get(k).weights()) {
                    points.add(weights.parameters());
                }
            }
        }
        FlatWeights[] line =
                walks.get(planned.walkers().indexOf(planned.through())).weights();
        double[] start = line[0].parameters();
        double[] end = line[line.length - 1].parameters();
        if (Arrays.equals(start, end)) {
            throw new StateConflict("the weights of " + planned.through().name()
                    + " end where they began: name another variant in through");
        }
        return Plane.through(start, end, points.toArray(double[][]::new));
    }

    private static @Nullable Surface measure(
            PlanSurface.Planned planned,
            Plane plane,
            List<Walk> walks,
            DatasetObjective objective,
            BooleanSupplier goesOn) {
        List<Path> paths = new ArrayList<>();
        double seen = 0;
        double all = 0;
        for (int k = 0; k < walks.size(); k++) {
            Walker walker = planned.walkers().get(k);
            Walk walk = walks.get(k);
            int count = walk.steps().length;
            var places = new Plane.Place[count];
            double[] losses = new double[count];
            for (int i = 0; i < count; i++) {
                if (!goesOn.getAsBoolean()) {
                    return null;
                }
                FlatWeights weights = walk.weights()[i];
                places[i] = plane.place(weights.parameters());
                objective.takeStatistics(weights);
                losses[i] = objective.at(weights.parameters());
                if (!walker.diverged()) {
                    double inPlane = places[i].x() * places[i].x() + places[i].y() * places[i].y();
                    seen += inPlane;
                    all += inPlane + places[i].distance() * places[i].distance();
                }
            }
            paths.add(new Path(walker, walk.steps(), places, losses));
        }
        FlatWeights[] line =
                walks.get(planned.walkers().indexOf(planned.through())).weights();
        objective.takeStatistics(line[line.length - 1]);
        double[][] axes = axes(planned, paths);
        double[][] losses = losses(plane, axes[0], axes[1], line[0].parameters().length, objective, goesOn);
        return losses == null
                ? null
                : new Surface(planned, plane, axes[0], axes[1], losses, paths, all > 0 ? seen / all : 1);
    }

    private static double @Nullable [][] losses(
            Plane plane, double[] xs, double[] ys, int weights, DatasetObjective objective, BooleanSupplier goesOn) {
        double[][] losses = new double[ys.length][xs.length];
        double[] point = new double[weights];
        for (int j = 0; j < ys.length; j++) {
            for (int i = 0; i < xs.length; i++) {
                if (!goesOn.getAsBoolean()) {
                    return null;
                }
                plane.at(xs[i], ys[j], point);
                losses[j][i] = objective.at(point);
            }
        }
        return losses;
    }

    /// The values of x and of y: around all paths that did not diverge.
    private static double[][] axes(PlanSurface.Planned planned, List<Path> paths) {
        List<Path> around =
                paths.stream().filter(path -> !path.walker().diverged()).toList();
        double[] x = around.stream()
                .flatMapToDouble(path -> Arrays.stream(path.x()))
                .sorted()
                .toArray();
        double[] y = around.stream()
                .flatMapToDouble(path -> Arrays.stream(path.y()))
                .sorted()
                .toArray();
        double wide = x[x.length - 1] - x[0];
        double high = y[y.length - 1] - y[0];
        int points = planned.request().points();
        double margin = planned.request().margin();
        return new double[][] {
            axis(x, Math.max(wide, NARROWEST * high), margin, points),
            axis(y, Math.max(high, NARROWEST * wide), margin, points)
        };
    }

    private static double[] axis(double[] sorted, double extent, double margin, int points) {
        double middle = (sorted[0] + sorted[sorted.length - 1]) / 2;
        double from = middle - (0.5 + margin) * extent;
        double step = (1 + 2 * margin) * extent / (points - 1);
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = from + i * step;
        }
        return values;
    }
}
