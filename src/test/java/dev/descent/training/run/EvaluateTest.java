package dev.descent.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.data.FittedScaling;
import dev.descent.core.data.Heading;
import dev.descent.core.data.Target;
import dev.descent.core.data.Targets;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import dev.descent.core.train.ExampleSet;
import dev.descent.model.Metrics;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Figures worked out by hand; no sum depends on how many rows are passed at once.
class EvaluateTest {

    private static final double[][] INPUTS = {{1}, {2}, {3}, {4}};

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void regressionIsMeasuredOnTheTargetsOwnScale(int chunk) {
        // predictions x on targets 1, 2, 3, 8 scaled by 2 and shifted by 1: wanted 3, 5, 7, 17, found 3, 5, 7, 9
        Evaluate evaluate = evaluate(
                new double[][] {{1}},
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                Target.value(Heading.numeric("y")),
                new FittedScaling(new double[] {1}, new double[] {2}),
                chunk);
        Metrics.Part part = evaluate.on(examples(targets(new double[][] {{1}, {2}, {3}, {8}})));
        assertThat(part.rows()).isEqualTo(4);
        assertThat(part.loss()).isEqualTo(0.5 * 16 / 4);
        assertThat(part.accuracy()).isNull();
        assertThat(part.r2()).isCloseTo(1 - 64.0 / 116.0, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void weightsCountInTheLossAndNowhereElse(int chunk) {
        Evaluate evaluate = evaluate(
                new double[][] {{1}},
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                Target.value(Heading.numeric("y")),
                FittedScaling.identity(1),
                chunk);
        Matrix weights = Matrix.of(Precision.FLOAT64, new double[][] {{1}, {0}, {2}, {3}});
        Matrix targets = targets(new double[][] {{1}, {2}, {3}, {8}});
        Metrics.Part part = evaluate.on(new ExampleSet(inputs(), targets, weights));
        assertThat(part.rows()).isEqualTo(4);
        assertThat(part.loss()).isEqualTo(0.5 * 3 * 16 / 6);
        assertThat(part.r2()).isEqualTo(evaluate.on(examples(targets)).r2());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void classesAreCountedRightByTheLargestOutput(int chunk) {
        // logits (x, -x): always the first class
        Target target = Target.oneHot(Heading.categorical("c", List.of("a", "b")), new double[] {0, 1});
        Evaluate evaluate = evaluate(
                new double[][] {{1}, {-1}},
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                target,
                FittedScaling.identity(2),
                chunk);
        Metrics.Part part = evaluate.on(examples(targets(new double[][] {{1, 0}, {0, 1}, {1, 0}, {1, 0}})));
        assertThat(part.accuracy()).isEqualTo(0.75);
        assertThat(part.r2()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void indicatorIsRightOnItsSideOfOneHalf(int chunk) {
        Target target = Target.indicator(Heading.numeric("c"), new double[] {0, 1});
        Evaluate evaluate = evaluate(
                new double[][] {{-1}},
                new Loss.BinaryCrossEntropy(Reduction.MEAN, 1),
                target,
                FittedScaling.identity(1),
                chunk);
        Metrics.Part part = evaluate.on(examples(targets(new double[][] {{0}, {1}, {0}, {1}})));
        assertThat(part.accuracy()).isEqualTo(0.5);
    }

    private static Evaluate evaluate(double[][] weights, Loss loss, Target target, FittedScaling scaling, int chunk) {
        var layer = new LayerSpec.Dense(
                weights.length, new Activation.Identity(), false, new Initializer.Zeros(), new Initializer.Zeros());
        Network network = Network.create(new NetworkSpec(1, List.of(layer)), Precision.FLOAT64, chunk, 1);
        network.load(List.of(new LayerWeights(weights, null)));
        return new Evaluate(
                network, new Objective(loss, Precision.FLOAT64), new Targets(List.of(target)), scaling, chunk);
    }

    private static ExampleSet examples(Matrix targets) {
        return new ExampleSet(inputs(), targets, null);
    }

    private static Matrix inputs() {
        return Matrix.of(Precision.FLOAT64, INPUTS);
    }

    private static Matrix targets(double[][] rows) {
        return Matrix.of(Precision.FLOAT64, rows);
    }
}
