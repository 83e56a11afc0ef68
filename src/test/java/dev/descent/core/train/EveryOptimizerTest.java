package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.InvalidSpec;
import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.LineSearch;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EveryOptimizerTest {

    static final List<Optimizer> OPTIMIZERS = List.of(
            new Optimizer.Sgd(0.05, 0),
            new Optimizer.Momentum(0.01, 0.9, 0),
            new Optimizer.Nesterov(0.01, 0.9, 0),
            new Optimizer.RmsProp(0.01, 0.99, 1e-8, 0, false, 0),
            new Optimizer.Adagrad(0.05, 1e-10, 0),
            new Optimizer.Adadelta(1, 0.9, 1e-6, 0),
            new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0),
            new Optimizer.AmsGrad(0.01, 0.9, 0.999, 1e-8, 0),
            new Optimizer.AdamW(0.01, 0.9, 0.999, 1e-8, 0.01),
            new Optimizer.Adamax(0.01, 0.9, 0.999, 1e-8, 0),
            new Optimizer.Nadam(0.01, 0.9, 0.999, 1e-8, 0, 4e-3),
            new Optimizer.Radam(0.01, 0.9, 0.999, 1e-8, 0),
            new Optimizer.Rprop(0.01, 0.5, 1.2, 1e-6, 50),
            new Optimizer.Lbfgs(1, 10, LineSearch.STRONG_WOLFE),
            new Optimizer.Kfac(0.05, 0.01, 0.95, 3, 1e-4),
            new Optimizer.Shampoo(0.05, 1e-4, 3, 1e-4));

    @ParameterizedTest
    @EnumSource
    void everyOptimizerComesDownToTheSameBitsWhateverTheThreads(Precision precision) {
        for (Optimizer optimizer : OPTIMIZERS) {
            try (Trainer one = start(optimizer, precision, 1, new Batches.Full());
                    Trainer two = start(optimizer, precision, 2, new Batches.Full())) {
                double before = one.trainingLoss();
                assertThat(one.run(step -> {}).end()).isEqualTo(Outcome.End.COMPLETED);
                two.run(step -> {});
                assertThat(one.trainingLoss()).as("%s", optimizer).isLessThan(0.95 * before);
                assertThat(two.network().digest())
                        .as("%s", optimizer)
                        .isEqualTo(one.network().digest());
            }
        }
    }

    @Test
    void theListIsComplete() {
        assertThat(OPTIMIZERS)
                .extracting(optimizer -> (Object) optimizer.getClass())
                .containsExactlyInAnyOrder((Object[]) Optimizer.class.getPermittedSubclasses());
    }

    @Test
    void aLineSearchOverChangingBatchesIsRefused() {
        assertThatThrownBy(() -> start(
                        new Optimizer.Lbfgs(1, 10, LineSearch.NONE), Precision.FLOAT64, 1, new Batches.Shuffled(10)))
                .isInstanceOfSatisfying(
                        InvalidSpec.class,
                        invalid -> assertThat(invalid.pointer()).isEqualTo("/batches"));
    }

    private static Trainer start(Optimizer optimizer, Precision precision, int threads, Batches batches) {
        Initializer zeros = new Initializer.Zeros();
        NetworkSpec network = new NetworkSpec(
                20,
                List.of(
                        new LayerSpec.Dense(30, new Activation.Tanh(), true, new Initializer.GlorotUniform(), zeros),
                        new LayerSpec.Dense(
                                3, new Activation.Identity(), true, new Initializer.GlorotUniform(), zeros)));
        NumpyRandom random = new NumpyRandom(5);
        Matrix inputs = Matrix.create(precision, 64, 20);
        Matrix targets = Matrix.create(precision, 64, 3);
        for (int i = 0; i < inputs.rows(); i++) {
            for (int j = 0; j < inputs.columns(); j++) {
                inputs.set(i, j, random.randn());
            }
            targets.set(i, i % 3, inputs.get(i, 0) + 1);
        }
        var spec = new TrainingSpec(
                network,
                null,
                new Loss.SquaredError(Reduction.MEAN, 1),
                optimizer,
                batches,
                new Length.Steps(40),
                precision,
                1,
                threads,
                0);
        return Trainer.start(spec, new TrainingData(inputs, targets, null, null));
    }
}
