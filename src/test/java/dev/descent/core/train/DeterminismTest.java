package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.linalg.Matrix;
import dev.descent.core.linalg.Precision;
import dev.descent.core.nn.Activation;
import dev.descent.core.nn.Initializer;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.Loss;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Reduction;
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeterminismTest {

    private static final Initializer ZEROS = new Initializer.Zeros();

    /// Wide enough that the products are shared between threads.
    private static String digest(Precision precision, int threads, Batches batches, Optimizer optimizer, long seed) {
        NetworkSpec network = new NetworkSpec(
                40,
                List.of(
                        new LayerSpec.Dense(60, new Activation.Tanh(), true, new Initializer.GlorotUniform(), ZEROS),
                        new LayerSpec.Dense(50, new Activation.Sigmoid(), true, new Initializer.HeNormal(), ZEROS),
                        new LayerSpec.Dense(
                                7, new Activation.Identity(), true, new Initializer.GlorotNormal(), ZEROS)));
        TrainingSpec spec = new TrainingSpec(
                network,
                null,
                new Loss.SoftmaxCrossEntropy(Reduction.MEAN, 1),
                optimizer,
                batches,
                new Length.Epochs(3),
                precision,
                seed,
                threads,
                0);
        NumpyRandom random = new NumpyRandom(5);
        Matrix inputs = Matrix.create(precision, 333, 40);
        Matrix targets = Matrix.create(precision, 333, 7);
        for (int i = 0; i < inputs.rows(); i++) {
            for (int j = 0; j < inputs.columns(); j++) {
                inputs.set(i, j, random.randn());
            }
            targets.set(i, random.randint(7), 1);
        }
        try (Trainer trainer = Trainer.start(spec, new TrainingData(inputs, targets, null, null))) {
            assertThat(trainer.run(step -> {}).end()).isEqualTo(Outcome.End.COMPLETED);
            return trainer.network().digest();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameSpecSameBitsWhateverTheThreads(Precision precision) {
        for (Batches batches : List.of(new Batches.Full(), new Batches.Shuffled(100), new Batches.Sampled(64))) {
            for (Optimizer optimizer : List.of(
                    new Optimizer.Sgd(0.1, 0),
                    new Optimizer.Momentum(0.05, 0.9, 0),
                    new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0))) {
                String once = digest(precision, 1, batches, optimizer, 1);
                assertThat(digest(precision, 1, batches, optimizer, 1)).isEqualTo(once);
                assertThat(digest(precision, 2, batches, optimizer, 1)).isEqualTo(once);
                assertThat(digest(precision, 3, batches, optimizer, 1)).isEqualTo(once);
                assertThat(digest(precision, 1, batches, optimizer, 2)).isNotEqualTo(once);
            }
        }
    }
}
