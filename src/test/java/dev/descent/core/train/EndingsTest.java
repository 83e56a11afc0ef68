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
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.GradientClipping;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.optim.Regularization;
import dev.descent.core.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How runs end before their length is reached, and what an update does beside the optimizer. Everything happens on the
/// line y = w x with one weight, x = 1 and y = 0, where the loss is `w^2 / 2`, its gradient w, and all is known.
class EndingsTest {

    private static final NetworkSpec LINE = line(new Activation.Identity());

    private static NetworkSpec line(Activation activation) {
        return new NetworkSpec(
                1,
                List.of(new LayerSpec.Dense(1, activation, false, new Initializer.Zeros(), new Initializer.Zeros())));
    }

    private static Update sgd(double learningRate) {
        return Update.by(new Optimizer.Sgd(learningRate, 0));
    }

    private static TrainingSpec spec(Update update, Length length, Supervision supervision) {
        return spec(LINE, Precision.FLOAT64, update, length, supervision);
    }

    private static TrainingSpec spec(
            NetworkSpec network, Precision precision, Update update, Length length, Supervision supervision) {
        return new TrainingSpec(
                network,
                List.of(new LayerWeights(new double[][] {{2}}, null)),
                new Loss.SquaredError(Reduction.MEAN, 0.5),
                update,
                new Batches.Full(),
                length,
                supervision,
                precision,
                1,
                1);
    }

    private static Supervision stopping(EarlyStopping rule) {
        return new Supervision(rule, new DivergenceRemedy.Fail(), List.of(), 0);
    }

    private static Matrix column(Precision precision, double... values) {
        Matrix column = Matrix.create(precision, values.length, 1);
        for (int i = 0; i < values.length; i++) {
            column.set(i, 0, values[i]);
        }
        return column;
    }

    private static TrainingData data(Precision precision) {
        return new TrainingData(column(precision, 1), column(precision, 0), null, null);
    }

    private static double weight(Trainer trainer) {
        return trainer.network().weights().getFirst().weights()[0][0];
    }

    @Test
    void aLossThatHardlyChangesEndsTheRun() {
        // w halves every epoch: losses 2, 1/2, 1/8, 1/32, 1/128; the changes fall below 0.1 from 1/8 -> 1/32 on
        EarlyStopping rule = new EarlyStopping.LossChange(0.1, 2);
        try (Trainer trainer =
                Trainer.start(spec(sgd(0.5), new Length.Epochs(100), stopping(rule)), data(Precision.FLOAT64))) {
            Outcome outcome = trainer.run(step -> {});
            assertThat(outcome).isEqualTo(new Outcome(Outcome.End.EARLY_STOPPED, 5, 5, null, null, 0));
            assertThat(weight(trainer)).isEqualTo(2 * Math.pow(0.5, 5));
        }
    }

    @Test
    void theBestWeightsAreRestoredWhenTheValidationLossRises() {
        // held out: x = 1, y = 1, so that the loss (w - 1)^2 / 2 is least at w = 1, after the first epoch
        TrainingData data = new TrainingData(
                column(Precision.FLOAT64, 1), column(Precision.FLOAT64, 0),
                column(Precision.FLOAT64, 1), column(Precision.FLOAT64, 1));
        EarlyStopping patient = new EarlyStopping.ValidationLoss(3, 0, true);
        try (Trainer trainer = Trainer.start(spec(sgd(0.5), new Length.Epochs(100), stopping(patient)), data)) {
            Outcome outcome = trainer.run(step -> {});
            assertThat(outcome).isEqualTo(new Outcome(Outcome.End.EARLY_STOPPED, 4, 4, null, 0L, 0));
            assertThat(weight(trainer)).isEqualTo(1);
        }
        EarlyStopping keeping = new EarlyStopping.ValidationLoss(3, 0, false);
        try (Trainer trainer = Trainer.start(spec(sgd(0.5), new Length.Epochs(100), stopping(keeping)), data)) {
            assertThat(trainer.run(step -> {}).bestEpoch()).isNull();
            assertThat(weight(trainer)).isEqualTo(0.125);
        }
        EarlyStopping unreached = new EarlyStopping.ValidationLoss(30, 0, true);
        try (Trainer trainer = Trainer.start(spec(sgd(0.5), new Length.Epochs(5), stopping(unreached)), data)) {
            assertThat(trainer.run(step -> {})).isEqualTo(new Outcome(Outcome.End.COMPLETED, 5, 5, null, 0L, 0));
            assertThat(weight(trainer)).isEqualTo(1);
        }
    }

    @Test
    void stoppingByAValidationLossThatIsNotThereIsRefused() {
        EarlyStopping rule = new EarlyStopping.ValidationLoss(3, 0, true);
        assertThatThrownBy(() ->
                        Trainer.start(spec(sgd(0.5), new Length.Epochs(5), stopping(rule)), data(Precision.FLOAT64)))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo("/earlyStopping"));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void divergenceIsNoticedInItsStepAndTheFiniteWeightsStay(Precision precision) {
        // w <- -3 w: the square of the error overflows first
        double largest = precision == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
        List<Double> losses = new ArrayList<>();
        TrainingSpec spec = spec(LINE, precision, sgd(4), new Length.Steps(10_000), Supervision.NONE);
        try (Trainer trainer = Trainer.start(spec, data(precision))) {
            Outcome outcome = trainer.run(step -> losses.add(step.batchLoss()));
            assertThat(outcome.end()).isEqualTo(Outcome.End.DIVERGED);
            assertThat(outcome.divergence()).isEqualTo(new Divergence(losses.size() - 1, 0, Divergence.Place.LOSS));
            assertThat(losses.getLast()).isInfinite();
            assertThat(losses.subList(0, losses.size() - 1)).allMatch(Double::isFinite);
            assertThat(Math.abs(weight(trainer))).isBetween(StrictMath.sqrt(largest) / 2, StrictMath.sqrt(largest) * 4);
        }
    }

    @Test
    void anUpdateThatLeavesTheFiniteNumbersIsTakenBack() {
        TrainingSpec spec = spec(LINE, Precision.FLOAT32, sgd(1e39), new Length.Steps(10), Supervision.NONE);
        try (Trainer trainer = Trainer.start(spec, data(Precision.FLOAT32))) {
            Outcome outcome = trainer.run(step -> {});
            assertThat(outcome.divergence()).isEqualTo(new Divergence(0, 0, Divergence.Place.WEIGHTS));
            assertThat(weight(trainer)).isEqualTo(2);
        }
    }

    @Test
    void outputsAndGradientsAreToldApart() {
        // z = 2 * 1e200 passes through the square: the output overflows before the loss
        Activation square = new Activation.Polynomial(List.of(0.0, 0.0, 1.0));
        TrainingSpec output = spec(line(square), Precision.FLOAT64, sgd(1), new Length.Steps(10), Supervision.NONE);
        TrainingData large =
                new TrainingData(column(Precision.FLOAT64, 1e200), column(Precision.FLOAT64, 0), null, null);
        try (Trainer trainer = Trainer.start(output, large)) {
            assertThat(trainer.run(step -> {}).divergence())
                    .isEqualTo(new Divergence(0, 0, Divergence.Place.ACTIVATION));
        }
        // the error 1e153 has a square, but its product with x = 1e156 has no number
        TrainingSpec gradient = spec(LINE, Precision.FLOAT64, sgd(1), new Length.Steps(10), Supervision.NONE);
        TrainingData steep = new TrainingData(
                column(Precision.FLOAT64, 1e156), column(Precision.FLOAT64, 2e156 - 1e153), null, null);
        try (Trainer trainer = Trainer.start(gradient, steep)) {
            assertThat(trainer.run(step -> {}).divergence()).isEqualTo(new Divergence(0, 0, Divergence.Place.GRADIENT));
            assertThat(weight(trainer)).isEqualTo(2);
        }
    }

    @Test
    void theRemedyDividesTheLearningRateAndStartsAgain() {
        // a rate of 400 diverges, 40 and 4 too; 0.4 converges
        List<Double> rates = new ArrayList<>();
        List<Double> firstLosses = new ArrayList<>();
        Supervision supervision = new Supervision(null, new DivergenceRemedy.Restart(10, 5), List.of(), 0);
        try (Trainer trainer =
                Trainer.start(spec(sgd(400), new Length.Steps(2000), supervision), data(Precision.FLOAT64))) {
            Outcome outcome = trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step step) {
                    if (step.index() == 0) {
                        firstLosses.add(step.batchLoss());
                    }
                }

                @Override
                public void onRestart(Outcome before, double learningRate) {
                    assertThat(before.end()).isEqualTo(Outcome.End.DIVERGED);
                    rates.add(learningRate);
                }
            });
            assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
            assertThat(outcome.restarts()).isEqualTo(3);
            assertThat(outcome.steps()).isEqualTo(2000);
            assertThat(weight(trainer)).isLessThan(1e-100);
        }
        assertThat(rates).containsExactly(40.0, 4.0, 0.4);
        assertThat(firstLosses).containsExactly(2.0, 2.0, 2.0, 2.0);

        Supervision impatient = new Supervision(null, new DivergenceRemedy.Restart(10, 2), List.of(), 0);
        try (Trainer trainer =
                Trainer.start(spec(sgd(400), new Length.Steps(2000), impatient), data(Precision.FLOAT64))) {
            Outcome outcome = trainer.run(step -> {});
            assertThat(outcome.end()).isEqualTo(Outcome.End.DIVERGED);
            assertThat(outcome.restarts()).isEqualTo(2);
        }
    }

    @Test
    void penaltyClippingScheduleAndBoundWorkTogetherAsDefined() {
        Optimizer optimizer = new Optimizer.Sgd(0.5, 0);
        Schedule halving = new Schedule.Exponential(0.5, Schedule.Per.STEP, null);
        List<Double> losses = new ArrayList<>();
        List<Double> gradients = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        Update update = new Update(
                optimizer, halving, new Regularization(0.25, 0.5, false, 1.6), new GradientClipping.Value(3));
        try (Trainer trainer =
                Trainer.start(spec(update, new Length.Steps(2), Supervision.NONE), data(Precision.FLOAT64))) {
            trainer.run(step -> {
                losses.add(step.batchLoss());
                gradients.add(step.network().parameters().getFirst().gradient().get(0, 0));
                rates.add(step.learningRate());
            });
            double w = 2;
            double gradient = w + 0.25 + 0.5 * w;
            assertThat(losses.getFirst()).isEqualTo(w * w / 2 + 0.25 * w + 0.5 / 2 * w * w);
            assertThat(gradients.getFirst()).isEqualTo(gradient);
            w = w - 0.5 * Math.min(gradient, 3);
            gradient = w + 0.25 + 0.5 * w;
            assertThat(gradients.get(1)).isEqualTo(gradient);
            w = w - 0.25 * gradient;
            assertThat(weight(trainer)).isEqualTo(w);
        }
        assertThat(rates).containsExactly(0.5, 0.25);
        Update bounded = new Update(optimizer, new Schedule.Constant(null), new Regularization(0, 0, false, 0.7), null);
        try (Trainer trainer =
                Trainer.start(spec(bounded, new Length.Steps(1), Supervision.NONE), data(Precision.FLOAT64))) {
            trainer.run(step -> {});
            assertThat(weight(trainer)).isEqualTo(0.7);
        }
    }

    @Test
    void aRowThatWeighsTwoIsARowThatStandsTwice() {
        assertThat(trained(
                        column(Precision.FLOAT64, 1, 3),
                        column(Precision.FLOAT64, 0, 1),
                        column(Precision.FLOAT64, 1, 2)))
                .isCloseTo(
                        trained(column(Precision.FLOAT64, 1, 3, 3), column(Precision.FLOAT64, 0, 1, 1), null),
                        org.assertj.core.data.Offset.offset(1e-14));
    }

    private static double trained(Matrix x, Matrix y, @Nullable Matrix weights) {
        TrainingData data = new TrainingData(new ExampleSet(x, y, weights), null);
        for (Batches batches : List.of(new Batches.Full(), new Batches.Shuffled(x.rows()))) {
            TrainingSpec full = spec(sgd(0.1), new Length.Steps(7), Supervision.NONE);
            TrainingSpec spec = new TrainingSpec(
                    full.network(),
                    full.initialWeights(),
                    full.loss(),
                    full.update(),
                    batches,
                    full.length(),
                    full.supervision(),
                    full.precision(),
                    1,
                    1);
            try (Trainer trainer = Trainer.start(spec, data)) {
                trainer.run(step -> {});
                if (batches instanceof Batches.Shuffled) {
                    return weight(trainer);
                }
            }
        }
        throw new AssertionError();
    }

    @Test
    void metricsAreThoseOfTheWeightsAnEpochEndsWith() {
        // p = w x with w = 1 after the epoch, for x = 1, 2, 3 and y = 1, 0, 5
        TrainingData data = new TrainingData(
                column(Precision.FLOAT64, 1), column(Precision.FLOAT64, 0),
                column(Precision.FLOAT64, 1, 2, 3), column(Precision.FLOAT64, 1, 0, 5));
        List<Metric> all = List.of(Metric.R2, Metric.ACCURACY, Metric.ERROR_RATE);
        List<Double> measured = new ArrayList<>();
        try (Trainer trainer = Trainer.start(
                spec(sgd(0.5), new Length.Epochs(1), new Supervision(null, new DivergenceRemedy.Fail(), all, 0)),
                data)) {
            trainer.run(new TrainingObserver() {
                @Override
                public void onStep(Step step) {}

                @Override
                public void onEpoch(Epoch epoch) {
                    all.forEach(metric -> measured.add(epoch.validation(metric)));
                    all.forEach(metric -> measured.add(epoch.training(metric)));
                }
            });
        }
        assertThat(measured.get(0)).isEqualTo(1 - (0 + 4 + 4) / (1.0 + 4 + 9));
        // above one half: p yes, yes, yes, y yes, no, yes
        assertThat(measured.get(1)).isEqualTo(2 / 3.0);
        assertThat(measured.get(2)).isEqualTo(1 / 3.0);
        assertThat(measured.get(3)).as("the one training target has no spread").isNaN();
        assertThat(measured.get(4)).isZero();
    }
}
