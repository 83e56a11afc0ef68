package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.FlatWeights;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.surface.Plane;
import dev.descent.core.surface.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The way of a run through the space of weights, and the objective at any point of it.
class SurfaceOfRunTest {

    private static final double[] CURVATURE = {1, 3, 2}; // of the bowl along each weight
    private static final double[] BOTTOM = {1, -2, 0.5};
    private static final double[] BEGIN = {4, 0, 0.5}; // the third is at the bottom, and stays
    private static final double RATE = 0.1;

    /// `sum c_k (w_k - b_k)^2 / 2`, as the loss of a network of one unit over three rows.
    private static TrainingSpec bowl() {
        return new TrainingSpec(
                new NetworkSpec(
                        3,
                        List.of(new LayerSpec.Dense(
                                1,
                                new Activation.Identity(),
                                false,
                                new Initializer.Zeros(),
                                new Initializer.Zeros()))),
                List.of(new LayerWeights(new double[][] {BEGIN}, null)),
                new Loss.SquaredError(Reduction.SUM, 0.5),
                new Optimizer.Sgd(RATE, 0),
                new Batches.Full(),
                new Length.Steps(30),
                Precision.FLOAT64,
                0,
                1,
                0);
    }

    private static TrainingData bowlData() {
        Matrix inputs = Matrix.create(Precision.FLOAT64, 3, 3);
        Matrix targets = Matrix.create(Precision.FLOAT64, 3, 1);
        for (int k = 0; k < 3; k++) {
            inputs.set(k, k, Math.sqrt(CURVATURE[k]));
            targets.set(k, 0, Math.sqrt(CURVATURE[k]) * BOTTOM[k]);
        }
        return new TrainingData(inputs, targets, null, null);
    }

    private static double height(double[] weights) {
        double height = 0;
        for (int k = 0; k < 3; k++) {
            height += CURVATURE[k] * (weights[k] - BOTTOM[k]) * (weights[k] - BOTTOM[k]) / 2;
        }
        return height;
    }

    private static Walk walk(TrainingSpec spec, TrainingData data, int restarts, long... steps) {
        try (Trainer trainer = Trainer.start(spec, data)) {
            return Objects.requireNonNull(Walk.of(trainer, restarts, steps, () -> true));
        }
    }

    @Test
    void bowlHasTheKnownWayPlaneAndHeights() {
        Walk walk = walk(bowl(), bowlData(), 0, 0, 1, 5, 30);
        double[][] points = new double[4][];
        for (int i = 0; i < 4; i++) {
            points[i] = walk.weights()[i].parameters();
            for (int k = 0; k < 3; k++) {
                double left = Math.pow(1 - RATE * CURVATURE[k], walk.steps()[i]);
                assertThat(points[i][k])
                        .isCloseTo(BOTTOM[k] + left * (BEGIN[k] - BOTTOM[k]), within(1e-13)); // 30 roundings
            }
        }
        Plane plane = Plane.through(points[0], points[3], points);
        assertThat(plane.share()).as("the third weight never moves").isCloseTo(1, within(1e-12));
        double[] point = new double[3];
        try (var objective = new DatasetObjective(bowl(), bowlData())) {
            for (double[] each : points) {
                Plane.Place place = plane.place(each);
                assertThat(place.distance()).isCloseTo(0, within(1e-14));
                plane.at(place.x(), place.y(), point);
                assertThat(objective.at(point)).isCloseTo(height(each), within(1e-12));
                assertThat(point[2]).isCloseTo(0.5, within(1e-14));
            }
            for (int i = -5; i <= 5; i++) {
                plane.at(0.7 * i, 1.3 * i + 1, point);
                assertThat(objective.at(point)).isCloseTo(height(point), within(1e-12));
            }
        }
    }

    static List<ResumableRun> runs() {
        return ResumableRun.all().stream()
                .filter(run -> run.spec().supervision().datasetLossEvery() == 1)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void objectiveAtTheWeightsOfAStepIsTheCurves(ResumableRun run) {
        List<Double> recorded = new ArrayList<>();
        try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
            trainer.run(step -> recorded.add(step.datasetLoss()));
        }
        long[] steps = Walk.steps(recorded.size() - 1, 7);
        Walk walk = walk(run.spec().unwatched(), run.data(), 0, steps);
        try (var objective = new DatasetObjective(run.spec(), run.data())) {
            for (int i = 0; i < steps.length; i++) {
                FlatWeights weights = walk.weights()[i];
                objective.takeStatistics(weights);
                assertThat(objective.at(weights.parameters()))
                        .as("step %d", steps[i])
                        .isEqualTo(recorded.get((int) steps[i]));
            }
        }
    }

    @Test
    void wayOfARunThatBeganAgainIsThatOfItsLastBeginning() {
        ResumableRun run = ResumableRun.all().stream()
                .filter(one -> one.name().endsWith("diverging"))
                .findFirst()
                .orElseThrow();
        String last;
        Outcome outcome;
        try (Trainer trainer = Trainer.start(run.spec(), run.data())) {
            outcome = trainer.run(step -> {});
            last = FlatWeights.of(trainer.network()).parameters()[0] + "";
        }
        assertThat(outcome.restarts()).isEqualTo(2);
        Walk walk = walk(run.spec(), run.data(), 2, 0, 1, outcome.steps());
        assertThat(walk.weights()[2].parameters()[0] + "").isEqualTo(last);
        assertThat(walk.weights()[0].parameters()).containsExactly(2, -1, 0.5);
    }

    @Test
    void stepsLieAtEqualDistancesAndHoldBothEnds() {
        assertThat(Walk.steps(100, 5)).containsExactly(0, 25, 50, 75, 100);
        assertThat(Walk.steps(3, 50)).containsExactly(0, 1, 2, 3);
        assertThat(Walk.steps(0, 50)).containsExactly(0);
        assertThat(Walk.steps(10_000_000_000L, 4)).containsExactly(0, 3_333_333_333L, 6_666_666_666L, 10_000_000_000L);
    }

    @Test
    void wayIsGivenUpWhenNobodyWaits() {
        try (Trainer trainer = Trainer.start(bowl(), bowlData())) {
            assertThat(Walk.of(trainer, 0, new long[] {0, 20}, () -> false)).isNull();
        }
    }
}
