package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LayerWeights;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Objective;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final NetworkSpec LINE = new NetworkSpec(
            1,
            List.of(new LayerSpec.Dense(
                    1, new Activation.Identity(), false, new Initializer.Constant(2), new Initializer.Zeros())));

    private static TrainingSpec spec(Batches batches, Length length, double learningRate) {
        return new TrainingSpec(
                LINE,
                null,
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                new Optimizer.Sgd(learningRate, 0),
                batches,
                length,
                Precision.FLOAT64,
                1,
                1,
                0);
    }

    /// y = 0 for x = 1: the loss is w^2 / 2 and its gradient w.
    private static TrainingData ones(int rows, int heldOut) {
        return new TrainingData(column(rows, 1), column(rows, 0), column(heldOut, 1), column(heldOut, 0));
    }

    private static Matrix column(int rows, double value) {
        Matrix column = Matrix.create(Precision.FLOAT64, rows, 1);
        for (int i = 0; i < rows; i++) {
            column.set(i, 0, value);
        }
        return column;
    }

    @Test
    void epochsArePartitionsWithASmallerLastBatch() {
        List<Integer> sizes = new ArrayList<>();
        List<Double> trainingLosses = new ArrayList<>();
        List<Double> validationLosses = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        TrainingSpec spec = spec(new Batches.Shuffled(4), new Length.Epochs(2), 0.5);
        assertThat(spec.steps(10)).isEqualTo(6);
        try (Trainer trainer = Trainer.start(spec, ones(10, 1))) {
            Outcome outcome = trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step step) {
                    sizes.add(step.network().layers().getFirst().input().rows());
                    assertThat(step.batchLoss()).isEqualTo(0.5 * Math.pow(2 * Math.pow(0.5, step.index()), 2));
                }

                @Override
                public void onEpoch(Epoch epoch) {
                    steps.add(epoch.steps());
                    trainingLosses.add(epoch.trainingLoss());
                    validationLosses.add(epoch.validationLoss());
                }
            });
            assertThat(outcome).isEqualTo(new Outcome(Outcome.End.COMPLETED, 6, 2, null, null, 0));
        }
        assertThat(sizes).containsExactly(4, 4, 2, 4, 4, 2);
        assertThat(steps).containsExactly(3L, 6L);
        assertThat(trainingLosses.getFirst()).isEqualTo((2 + 0.5 + 0.125) / 3);
        assertThat(validationLosses).containsExactly(0.5 * 0.25 * 0.25, 0.5 * Math.pow(2, -10));
    }

    @Test
    void aRunThatIsStoppedHasCompletedItsStep() {
        try (Trainer trainer = Trainer.start(spec(new Batches.Full(), new Length.Steps(100), 0.5), ones(3, 0))) {
            List<String> told = new ArrayList<>();
            TrainingObserver stoppingAtTwo = new TrainingObserver() {
                @Override
                public void onStep(Step step) {
                    told.add("step " + step.index());
                }

                @Override
                public boolean afterStep(long steps) {
                    told.add(steps + " made");
                    return steps != 2;
                }

                @Override
                public void onEpoch(Epoch epoch) {
                    told.add("epoch " + epoch.index());
                }
            };
            Outcome outcome = trainer.run(stoppingAtTwo);
            assertThat(outcome).isEqualTo(new Outcome(Outcome.End.STOPPED, 2, 2, null, null, 0));
            assertThat(told).containsExactly("step 0", "1 made", "epoch 0", "step 1", "2 made");
            assertThat(trainer.network().weights().getFirst().weights()[0][0]).isEqualTo(0.5);
            told.clear();
            assertThat(trainer.run(stoppingAtTwo).end()).isEqualTo(Outcome.End.COMPLETED);
            assertThat(told).startsWith("epoch 1", "step 2", "3 made").endsWith("100 made", "epoch 99");
        }
    }

    @Test
    void aRunThatDivergesEndsInTheStepItHappens() {
        List<Double> losses = new ArrayList<>();
        try (Trainer trainer = Trainer.start(spec(new Batches.Full(), new Length.Steps(10_000), 1e30), ones(3, 0))) {
            Outcome outcome = trainer.run(step -> losses.add(step.batchLoss()));
            assertThat(outcome.end()).isEqualTo(Outcome.End.DIVERGED);
            assertThat(outcome.steps()).isEqualTo(losses.size() - 1).isLessThan(10);
            assertThat(losses.getLast()).isInfinite();
            assertThat(losses.subList(0, losses.size() - 1)).allMatch(Double::isFinite);
        }
    }

    @Test
    void givenWeightsAreUsedAndNothingIsDrawnForThem() {
        TrainingSpec drawn = spec(new Batches.Sampled(2), new Length.Steps(3), 0.5);
        TrainingSpec given = new TrainingSpec(
                LINE,
                List.of(new LayerWeights(new double[][] {{7}}, null)),
                drawn.loss(),
                drawn.update().optimizer(),
                drawn.batches(),
                drawn.length(),
                drawn.precision(),
                drawn.seed(),
                1,
                0);
        try (Trainer trainer = Trainer.start(given, ones(5, 0))) {
            assertThat(trainer.network().weights().getFirst().weights()[0][0]).isEqualTo(7);
        }
    }

    @Test
    void weightsOfAnotherShapeAreRefusedByPosition() {
        TrainingSpec spec = spec(new Batches.Full(), new Length.Steps(1), 0.5);
        try (Trainer trainer = Trainer.start(spec, ones(1, 0))) {
            assertThatThrownBy(() -> trainer.network().load(List.of(new LayerWeights(new double[][] {{1, 2}}, null))))
                    .isInstanceOfSatisfying(
                            InvalidSpec.class,
                            invalid -> assertThat(invalid.pointer()).isEqualTo("/0/weights/0"));
        }
    }

    @Test
    void aBatchLargerThanTheTrainingRowsIsRefused() {
        assertThatThrownBy(() -> Trainer.start(spec(new Batches.Shuffled(4), new Length.Steps(1), 0.5), ones(3, 0)))
                .isInstanceOf(InvalidSpec.class)
                .hasMessage("a batch of 4 rows is larger than the 3 training rows");
    }

    @Test
    void evaluationInChunksIsEvaluationInOnePiece() {
        TrainingData data = ParabolaTest.data(100);
        TrainingSpec spec = new TrainingSpec(
                new NetworkSpec(
                        2,
                        List.of(
                                new LayerSpec.Dense(
                                        4,
                                        new Activation.Relu(),
                                        false,
                                        new Initializer.ScaledNormal(),
                                        new Initializer.Zeros()),
                                new LayerSpec.Dense(
                                        1,
                                        new Activation.Identity(),
                                        false,
                                        new Initializer.ScaledNormal(),
                                        new Initializer.Zeros()))),
                null,
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                new Optimizer.Sgd(0.001, 0),
                new Batches.Full(),
                new Length.Steps(1),
                Precision.FLOAT64,
                10,
                1,
                0);
        try (Trainer trainer = Trainer.start(spec, data)) {
            double whole = over(trainer, spec, data, 100);
            double chunks = over(trainer, spec, data, 7);
            assertThat(chunks).isEqualTo(whole);
        }
    }

    private static double over(Trainer trainer, TrainingSpec spec, TrainingData data, int chunk) {
        var objective = new Objective(spec.loss(), Precision.FLOAT64);
        return new Evaluation(trainer.network(), objective, chunk, data.training()).over(data.training(), null);
    }
}
