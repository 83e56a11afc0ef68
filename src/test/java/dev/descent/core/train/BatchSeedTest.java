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
import dev.descent.core.optim.Optimizer;
import dev.descent.core.random.NumpyRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Batches with a stream of their own come in an order that nothing else draws from.
class BatchSeedTest {

    private static final int ROWS = 10;
    private static final int[] STEPS = {0, 1, 2, 3, 4, 7};
    private static final Batches SHUFFLED = new Batches.Shuffled(4);

    private static final List<List<LayerSpec>> NETWORKS = List.of(
            List.of(dense(3, new Initializer.HeNormal()), dense(1, new Initializer.HeNormal())),
            List.of(dense(3, new Initializer.GlorotUniform()), dense(1, new Initializer.TruncatedNormal(0, 1))),
            List.of(dense(8, new Initializer.Zeros()), new LayerSpec.Dropout(0.5), dense(1, new Initializer.Zeros())));

    private static LayerSpec dense(int units, Initializer weights) {
        return new LayerSpec.Dense(units, new Activation.Tanh(), true, weights, new Initializer.Zeros());
    }

    private static TrainingSpec spec(List<LayerSpec> layers, Batches batches, @Nullable Long batchSeed) {
        var plain = new TrainingSpec(
                new NetworkSpec(2, layers),
                null,
                new Loss.SquaredError(Reduction.MEAN, 1),
                new Optimizer.Sgd(0.01, 0),
                batches,
                new Length.Steps(8),
                Precision.FLOAT64,
                3,
                1,
                0);
        return ResumableRun.withBatchSeed(plain, batchSeed);
    }

    private static TrainingData data() {
        Matrix inputs = Matrix.create(Precision.FLOAT64, ROWS, 2);
        for (int i = 0; i < ROWS; i++) {
            inputs.set(i, 0, i);
        }
        return new TrainingData(inputs, Matrix.create(Precision.FLOAT64, ROWS, 1), null, null);
    }

    private static List<List<Integer>> order(TrainingSpec spec) {
        List<List<Integer>> order = new ArrayList<>();
        for (int step : STEPS) {
            try (Trainer trainer = Trainer.start(spec, data())) {
                order.add(Objects.requireNonNull(trainer.trace(0, step, Excerpt.ALL, () -> true))
                        .batch()
                        .trainingRows());
            }
        }
        return order;
    }

    @Test
    void orderIsTheSameWhateverWeightsAndMasksDraw() {
        for (Batches batches : List.of(SHUFFLED, new Batches.Sampled(4))) {
            assertThat(NETWORKS.stream().map(layers -> order(spec(layers, batches, 11L))))
                    .as("%s", batches)
                    .containsOnly(order(spec(NETWORKS.getFirst(), batches, 11L)));
            assertThat(NETWORKS.stream().map(layers -> order(spec(layers, batches, null))))
                    .as("%s from the stream of the seed", batches)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void batchesAreTheFirstThingThatTheirStreamDraws() {
        int[] permutation = new NumpyRandom(11).permutation(ROWS);
        assertThat(order(spec(NETWORKS.getLast(), SHUFFLED, 11L)).subList(0, 3))
                .isEqualTo(List.of(part(permutation, 0, 4), part(permutation, 4, 8), part(permutation, 8, 10)));
    }

    private static List<Integer> part(int[] rows, int from, int to) {
        return Arrays.stream(rows, from, to).boxed().toList();
    }

    @Test
    void weightsAreDrawnAsWithoutIt() {
        try (Trainer with = Trainer.start(spec(NETWORKS.getFirst(), SHUFFLED, 11L), data());
                Trainer without = Trainer.start(spec(NETWORKS.getFirst(), SHUFFLED, null), data())) {
            assertThat(with.network().digest()).isEqualTo(without.network().digest());
        }
    }

    @Test
    void checkpointGoesOnInItsOwnOrderOnly() {
        var checkpoint = new Checkpoint();
        try (Trainer trainer = Trainer.start(spec(NETWORKS.getFirst(), SHUFFLED, 11L), data())) {
            trainer.save(checkpoint);
        }
        for (Long other : Arrays.asList(12L, null)) {
            assertThatThrownBy(() -> Trainer.resume(spec(NETWORKS.getFirst(), SHUFFLED, other), data(), checkpoint))
                    .isInstanceOfSatisfying(
                            InvalidSpec.class,
                            refused -> assertThat(refused.pointer()).isEqualTo("/seed"));
        }
    }
}
